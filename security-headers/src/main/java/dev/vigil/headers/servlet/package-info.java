/**
 * Security headers in a servlet container (jakarta.servlet 5.0 to 6.1): {@link
 * dev.vigil.headers.servlet.SecurityHeadersFilter} first, {@link
 * dev.vigil.headers.servlet.HttpsRedirectFilter} before it, {@link
 * dev.vigil.headers.servlet.CspReportServlet} for what browsers report.
 *
 * <p>Each can be built and added, be found as an attribute of the ServletContext under its class's
 * name, or be made by the container and configured with init-params.
 */
@NullMarked
package dev.vigil.headers.servlet;

import org.jspecify.annotations.NullMarked;
