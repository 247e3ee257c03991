/**
 * The response headers that a browser obeys, as checked values.
 *
 * <p>Start at {@link dev.vigil.headers.SecurityHeaders}: take a preset, change what differs, build.
 * Nothing here knows a server; {@code dev.vigil.headers.servlet} and {@code
 * dev.vigil.headers.httpserver} write a policy to the wire.
 */
@NullMarked
package dev.vigil.headers;

import org.jspecify.annotations.NullMarked;
