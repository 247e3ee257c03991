/**
 * Logback that speaks safe JSON: lines that no one can forge and no secret of the documented shapes
 * leaves through. Start with {@link dev.vigil.logging.StructuredLogging}; for requests see {@link
 * dev.vigil.logging.http.RequestContextFilter}.
 */
@NullMarked
package dev.vigil.logging;

import org.jspecify.annotations.NullMarked;
