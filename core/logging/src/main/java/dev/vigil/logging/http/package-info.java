/** What a request is known by in the log: on servlets and on the JDK's HTTP server. */
@NullMarked
package dev.vigil.logging.http;

import org.jspecify.annotations.NullMarked;
