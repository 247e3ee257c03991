package dev.vigil.health.checks;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

/**
 * Unhealthy when no TCP connection can be made.
 *
 * <p>Resolves the name anew each time, tries its addresses in turn, each with its share of the time
 * that the run has left, and closes the connection at once without sending anything. It proves that
 * something listens, and nothing about what listens: where there is a better question, ask that.
 *
 * <pre>{@code
 * registry.register("mail", TcpCheck.connect("smtp.example.com", 587));
 * }</pre>
 *
 * <p>A look-up of the name has no time-out in the JDK: one that hangs keeps this check's thread
 * until it returns, and nothing else. Immutable and thread-safe.
 */
public final class TcpCheck implements HealthCheck {

  private final String host;
  private final int port;
  private final Latency latency;
  private final Ticker ticker;

  private TcpCheck(String host, int port, Latency latency, Ticker ticker) {
    this.host = host;
    this.port = port;
    this.latency = latency;
    this.ticker = ticker;
  }

  /**
   * Connects to a port.
   *
   * @param host a name or an address
   * @param port 1 to 65535
   * @throws IllegalArgumentException if {@code host} is blank or {@code port} out of range
   */
  public static TcpCheck connect(String host, int port) {
    return connect(host, port, Ticker.system());
  }

  static TcpCheck connect(String host, int port, Ticker ticker) {
    if (Objects.requireNonNull(host, "host").isBlank()) {
      throw new IllegalArgumentException("host must be a name or an address but was blank");
    }
    return new TcpCheck(host, Require.between("port", 1, 65_535, port), Latency.ANY, ticker);
  }

  /**
   * This check, degraded where look-up and connecting take longer than that.
   *
   * @param limit positive; no limit by default
   */
  public TcpCheck degradedOver(Duration limit) {
    return new TcpCheck(host, port, Latency.over(limit), ticker);
  }

  @Override
  public HealthResult check(CheckContext context) {
    long start = ticker.read();
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      return HealthResult.unhealthy("the host name cannot be resolved", e);
    }
    IOException last = null;
    for (int i = 0; i < addresses.length && !context.cancelled(); i++) {
      try (Socket socket = new Socket()) {
        context.onCancel(() -> close(socket));
        socket.connect(
            new InetSocketAddress(addresses[i], port), share(context, addresses.length - i));
        return latency.judge(HealthResult.healthy(), Duration.ofNanos(ticker.read() - start));
      } catch (IOException e) {
        last = e;
      }
    }
    return last == null
        ? HealthResult.unhealthy("no connection before the time-out")
        : HealthResult.unhealthy("no connection", last);
  }

  @Override
  public boolean remote() {
    return true;
  }

  /** Milliseconds for one of so many addresses; never 0, which would mean no limit. */
  private static int share(CheckContext context, int addressesLeft) {
    long millis = context.remaining().toMillis() / addressesLeft;
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is closed all the same.
    }
  }
}
