package dev.vigil.logging;

import dev.vigil.core.Profile;
import dev.vigil.core.Redactor;
import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the builder collects.
 *
 * @param directory of the files; null for none
 * @param repeatLimit lines of a call site in a minute; 0 for no guard
 * @param datadogKey null where nothing is shipped
 */
record Settings(
    Identity identity,
    Profile profile,
    LogFormat format,
    boolean colours,
    Redactor redactor,
    @Nullable Path directory,
    int repeatLimit,
    @Nullable Secret datadogKey,
    URI datadogIntake,
    Ticker ticker) {

  LineEncoder consoleEncoder() {
    return format == LogFormat.TEXT
        ? new TextEncoder(redactor, colours)
        : new JsonEncoder(format, identity, redactor);
  }

  /** Files are for machines, and so are always JSON. */
  LogFormat fileFormat() {
    return format == LogFormat.TEXT ? LogFormat.NATIVE : format;
  }

  LineEncoder encoder(LogFormat json) {
    return new JsonEncoder(json, identity, redactor);
  }
}
