package dev.vigil.health.probe;

import dev.vigil.core.internal.SuppressForbidden;
import java.io.PrintStream;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Asks a health URL and answers with the exit code: 0 healthy enough, 1 not healthy enough,
 * unreachable or too slow, 64 wrong usage. One line says why, on standard output for 0 and on
 * standard error otherwise.
 *
 * <pre>{@code
 * java -jar vigil-health-VERSION-probe.jar http://localhost:8081/health/ready
 * java -jar vigil-health-VERSION-probe.jar https://api.example.com/health \
 *     --wait 60s --stable 30s --max-response 500ms --expect healthy --fail-on error
 * }</pre>
 *
 * <p>{@code --help} tells the options. A secret is taken from the environment variable {@code
 * VIGIL_PROBE_TOKEN} or from a file; it is never printed, not even where the server sends it back.
 * What the server writes is printed without control characters and cut to length. At most 256 KB of
 * an answer are read, and an attempt ends when its time is over, whatever the server does.
 *
 * <p>Over plain HTTP it takes less than three times as long as an empty main. With {@code
 * -XX:+UseSerialGC -Xmx16m} it stays below 40 MB beside the service.
 *
 * <p>A program, not a library: {@link #main} ends the JVM.
 */
public final class HealthProbe {

  private static final int HEALTHY_ENOUGH = 0;
  private static final int NOT_HEALTHY_ENOUGH = 1;

  /** EX_USAGE of BSD's sysexits.h. */
  private static final int WRONG_USAGE = 64;

  private HealthProbe() {}

  /**
   * Runs the program and ends the JVM.
   *
   * @param args the URL and the options
   */
  @SuppressForbidden("a program of its own: its output and its exit code are what it is for")
  public static void main(String[] args) {
    // One question a connection, and a Host header as Kubernetes' httpHeaders may set it.
    System.setProperty("http.keepAlive", "false");
    System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
    Clock clock = new SystemClock();
    System.exit(
        run(
            args,
            System.getenv("VIGIL_PROBE_TOKEN"),
            new BoundedExchange(clock),
            clock,
            System.out,
            System.err));
  }

  static int run(
      String[] args,
      @Nullable String token,
      Exchange exchange,
      Clock clock,
      PrintStream out,
      PrintStream err) {
    for (String arg : args) {
      if (arg.equals("--help")) {
        out.print(Help.TEXT);
        return HEALTHY_ENOUGH;
      }
      if (arg.equals("--version")) {
        out.println("vigil-probe ".concat(version()));
        return HEALTHY_ENOUGH;
      }
    }
    Command command;
    URL slack;
    try {
      command = Arguments.parse(args, token);
      slack = command.slack() ? SlackNote.webhook(System.getenv("VIGIL_PROBE_SLACK")) : null;
    } catch (WrongUsage wrong) {
      err.println(wrong.getMessage() + "; --help tells the options");
      return WRONG_USAGE;
    }
    for (int i = 0; i < command.warnings().size(); i++) {
      err.println("warning: ".concat(command.warnings().get(i)));
    }
    Verdict verdict = new Polling(command, exchange, clock).run();
    if (command.failOn() != null) {
      verdict = AuditGate.check(verdict, command, exchange);
    }
    String warning = slack == null ? null : SlackNote.post(slack, command.authority(), verdict);
    if (warning != null) {
      err.println("warning: ".concat(warning));
    }
    if (command.json()) {
      out.println(verdict.json());
    } else {
      (verdict.enough() ? out : err).println(verdict.line());
    }
    return verdict.enough() ? HEALTHY_ENOUGH : NOT_HEALTHY_ENOUGH;
  }

  private static String version() {
    String version = HealthProbe.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @SuppressForbidden("the probe's jar does not hold dev.vigil.core.Ticker")
  private static final class SystemClock implements Clock {

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
      Thread.sleep(nanos / 1_000_000);
    }
  }
}
