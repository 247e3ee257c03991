package dev.vigil.health.probe;

import dev.vigil.health.internal.reading.Status;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param url what to ask, http or https, without credentials
 * @param expected the worst status that is healthy enough
 * @param timeout how long one attempt may take in all
 * @param patience how long to go on trying; zero for one attempt
 * @param maxResponse the longest answer that is healthy enough, if there is a bound
 * @param stable how long it has to stay healthy enough; zero for not at all
 * @param checks the checks that count; empty for all
 * @param failOn the least severity of a finding that is not healthy enough, if findings count
 * @param json whether the verdict is wanted as JSON
 * @param slack whether Slack is to be told
 * @param headers sent in this order; of two with one name the later counts
 * @param printable knows what must not be printed
 * @param warnings for the user, before the verdict
 */
record Command(
    URL url,
    Status expected,
    Duration timeout,
    Duration patience,
    @Nullable Duration maxResponse,
    Duration stable,
    List<String> checks,
    @Nullable Severity failOn,
    boolean json,
    boolean slack,
    List<Header> headers,
    Printable printable,
    List<String> warnings) {

  /** The same to another place. */
  Command at(URL other) {
    return new Command(
        other,
        expected,
        timeout,
        patience,
        maxResponse,
        stable,
        checks,
        failOn,
        json,
        slack,
        headers,
        printable,
        warnings);
  }

  /** Without the query and the headers, which may hold secrets. */
  @Override
  public String toString() {
    return authority();
  }

  /** Host and port, as far as they were given. */
  String authority() {
    return url.getAuthority();
  }
}
