package dev.vigil.health.probe;

import dev.vigil.health.internal.reading.JsonScanner;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a service's findings beside its health, {@code /health/audit}, and lets pass only what
 * has none of the given severity. Loaded only when asked for.
 */
final class AuditGate {

  private static final int SHOWN = 5;
  private static final int LONGEST = 160;

  private final Command command;
  private final Severity least;
  private final StringBuilder shown = new StringBuilder();
  private int counted;
  private boolean audit;

  private AuditGate(Command command, Severity least) {
    this.command = command;
    this.least = least;
  }

  /** The verdict so far, if it is good and the audit is too. */
  static Verdict check(Verdict soFar, Command command, Exchange exchange) {
    Severity least = command.failOn();
    if (least == null || !soFar.enough()) {
      return soFar;
    }
    return new AuditGate(command, least).check(soFar, exchange);
  }

  private Verdict check(Verdict soFar, Exchange exchange) {
    StringBuilder line = new StringBuilder();
    try {
      Answer answer = exchange.get(command.at(place(command.url())), command.timeout().toNanos());
      if (answer.code() != 200 || answer.cut()) {
        line.append("no audit: HTTP ").append(answer.code());
        line.append(answer.cut() ? " with too long a body" : "");
        line.append(answer.code() == 401 ? ", it wants credentials: see VIGIL_PROBE_TOKEN" : "");
        return new Verdict(false, line.toString());
      }
      read(answer.body());
    } catch (IOException failure) {
      line.append("no audit: ").append(command.authority()).append(' ');
      Unreachable.describe(failure, command.timeout().toNanos(), command.printable(), line);
      return new Verdict(false, line.toString());
    } catch (JsonScanner.NotJson broken) {
      audit = false;
    }
    if (!audit) {
      return new Verdict(false, "no audit: the body is not one");
    }
    if (counted == 0) {
      return soFar;
    }
    line.append("audit: ").append(counted).append(counted == 1 ? " finding" : " findings");
    line.append(" of ").append(least.word()).append(least == Severity.ERROR ? "" : " or worse");
    line.append(": ").append(shown);
    return new Verdict(false, line.toString());
  }

  /** Beside the health path, of whose groups each is taken off. */
  private static URL place(URL health) throws MalformedURLException {
    String path = health.getPath();
    String[] groups = {"/live", "/ready", "/startup", "/started", "/"};
    for (int i = 0; i < groups.length; i++) {
      if (path.endsWith(groups[i])) {
        path = path.substring(0, path.length() - groups[i].length());
        break;
      }
    }
    return URI.create(health.toString()).resolve(path.concat("/audit")).toURL();
  }

  private void read(String body) {
    JsonScanner json = new JsonScanner(body);
    if (json.peek() != '{') {
      return;
    }
    json.enter();
    while (json.more('}')) {
      if (json.name().equals("findings") && json.peek() == '[') {
        audit = true;
        json.enter();
        while (json.more(']')) {
          finding(json);
        }
      } else {
        json.skip();
      }
    }
    json.end();
  }

  private void finding(JsonScanner json) {
    if (json.peek() != '{') {
      audit = false;
      json.skip();
      return;
    }
    Severity severity = null;
    String where = "";
    String what = "";
    json.enter();
    while (json.more('}')) {
      String key = json.name();
      if (json.peek() != '"') {
        json.skip();
        continue;
      }
      String value = json.string();
      switch (key) {
        case "severity" -> severity = Severity.of(value);
        case "where" -> where = value;
        case "what" -> what = value;
        default -> {}
      }
    }
    count(severity, where, what);
  }

  /** A severity of someone's own counts: it is not known to be harmless. */
  private void count(@Nullable Severity severity, String where, String what) {
    if (severity != null && severity.compareTo(least) < 0) {
      return;
    }
    counted++;
    if (counted <= SHOWN) {
      shown.append(counted == 1 ? "" : "; ");
      command.printable().print(where.concat(" ").concat(what), LONGEST, shown);
    }
  }
}
