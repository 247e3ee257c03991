/** Security headers on the JDK's own {@code com.sun.net.httpserver}. */
@NullMarked
package dev.vigil.headers.httpserver;

import org.jspecify.annotations.NullMarked;
