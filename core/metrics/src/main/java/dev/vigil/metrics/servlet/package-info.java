/** Request metrics as a Jakarta Servlet filter. Needs jakarta.servlet-api 5.0 or later. */
@NullMarked
package dev.vigil.metrics.servlet;

import org.jspecify.annotations.NullMarked;
