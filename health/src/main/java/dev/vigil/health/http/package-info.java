/**
 * Health over HTTP: what is asked becomes a {@link dev.vigil.health.HealthQuery}, what is found
 * becomes a status code and a body in one of five formats, and who asks decides how much of it is
 * shown.
 *
 * <p>Start with {@link dev.vigil.health.http.HealthHttpHandler} (the JDK's server), {@link
 * dev.vigil.health.http.HealthServlet} (servlet containers) or {@link
 * dev.vigil.health.http.AdminServer} (a port of its own). All stand on {@link
 * dev.vigil.health.http.HealthEndpoint}, which knows no server; an adapter to another one hands it
 * a {@link dev.vigil.health.http.HealthRequest} and sends the {@link
 * dev.vigil.health.http.HealthResponse}.
 */
@NullMarked
package dev.vigil.health.http;

import org.jspecify.annotations.NullMarked;
