package dev.vigil.health.probe;

import dev.vigil.health.internal.reading.HealthBody;
import dev.vigil.health.internal.reading.Reading;
import dev.vigil.health.internal.reading.Status;
import dev.vigil.health.internal.reading.WrongCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer, or the lack of one, into a verdict.
 *
 * <p>Code and body must both be good: what counts is the worse of the two. A body in no known
 * format says nothing, so that the code alone decides, 2xx being healthy. A body that begins as
 * JSON and is broken, or is longer than what is read, is unhealthy: what it says is not known.
 */
final class Judge {

  /** Enough to know where to look; Docker keeps 4096 bytes of a health check's output. */
  private static final int CHECKS_NAMED = 10;

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_REASON = 120;

  private final Command command;

  Judge(Command command) {
    this.command = command;
  }

  Verdict of(Answer answer) {
    Reading reading = new Reading();
    String broken = read(answer, reading);
    boolean success = answer.code() / 100 == 2;
    Status status = success && broken == null ? Status.HEALTHY : Status.UNHEALTHY;
    status = status.worst(reading.status());
    String missing = null;
    if (!command.checks().isEmpty() && broken == null && (success || answer.code() == 503)) {
      // The whole may be ill of something that is not asked for, where the server knows no ?check=.
      missing = missing(reading);
      status = missing == null ? named(reading) : Status.UNHEALTHY;
    }
    boolean good = status.compareTo(command.expected()) <= 0;
    boolean slow = isSlow(answer.nanos());

    StringBuilder line = new StringBuilder(128);
    line.append(good && slow ? "too slow" : status.word()).append(": ");
    if (status != Status.HEALTHY && reading.reason() != null) {
      command.printable().print(reading.reason(), LONGEST_REASON, line);
      line.append("; ");
    }
    name(asked(reading.wrong()), line);
    if (missing != null) {
      line.append("no check ").append(missing).append(" in the answer; ");
    }
    line.append("HTTP ").append(answer.code()).append(" in ");
    Span.print(answer.nanos(), line);
    if (slow && command.maxResponse() != null) {
      line.append(", limit ");
      Span.print(command.maxResponse().toNanos(), line);
    }
    if (broken != null) {
      line.append(", the body ").append(broken);
    } else {
      remark(answer, reading, line);
    }
    if (!good && status == Status.DEGRADED) {
      line.append(", expected healthy");
    }
    return new Verdict(good && !slow, line.toString());
  }

  Verdict of(IOException failure, long limitNanos) {
    StringBuilder line = new StringBuilder("unreachable: ");
    command.printable().print(command.authority(), 2 * LONGEST_NAME, line);
    line.append(' ');
    Unreachable.describe(failure, limitNanos, command.printable(), line);
    return new Verdict(false, line.toString());
  }

  /** The first wanted check that the answer does not have. */
  private @Nullable String missing(Reading reading) {
    for (int i = 0; i < command.checks().size(); i++) {
      if (reading.of(command.checks().get(i)) == null) {
        return command.checks().get(i);
      }
    }
    return null;
  }

  private Status named(Reading reading) {
    Status worst = Status.HEALTHY;
    for (int i = 0; i < command.checks().size(); i++) {
      worst = worst.worst(reading.of(command.checks().get(i)));
    }
    return worst;
  }

  private List<WrongCheck> asked(List<WrongCheck> wrong) {
    if (command.checks().isEmpty()) {
      return wrong;
    }
    List<WrongCheck> asked = new ArrayList<>();
    for (int i = 0; i < wrong.size(); i++) {
      for (int j = 0; j < command.checks().size(); j++) {
        if (Reading.means(command.checks().get(j), wrong.get(i).name())) {
          asked.add(wrong.get(i));
          break;
        }
      }
    }
    return asked;
  }

  private boolean isSlow(long nanos) {
    return command.maxResponse() != null && nanos > command.maxResponse().toNanos();
  }

  /** Reads the body, whatever its content type says, and tells why it cannot be trusted. */
  private static @Nullable String read(Answer answer, Reading reading) {
    if (answer.cut()) {
      return "is longer than 256 KB";
    }
    return HealthBody.read(answer.body(), reading);
  }

  private void name(List<WrongCheck> wrong, StringBuilder line) {
    Printable printable = command.printable();
    int named = Math.min(wrong.size(), CHECKS_NAMED);
    for (int i = 0; i < named; i++) {
      WrongCheck check = wrong.get(i);
      line.append(i == 0 ? "" : ", ");
      printable.print(check.name(), LONGEST_NAME, line);
      line.append(' ');
      printable.print(check.word(), LONGEST_NAME, line);
      if (check.why() != null) {
        line.append(" (");
        printable.print(check.why(), LONGEST_REASON, line);
        line.append(')');
      }
    }
    if (named < wrong.size()) {
      line.append(" and ").append(wrong.size() - named).append(" more");
    }
    line.append(named == 0 ? "" : "; ");
  }

  private void remark(Answer answer, Reading reading, StringBuilder line) {
    boolean success = answer.code() / 100 == 2;
    if (answer.redirect() != null) {
      line.append(", sent on to ");
      command.printable().print(answer.redirect(), LONGEST_REASON, line);
      line.append(", where the probe does not follow");
    } else if (reading.strangeWord() != null) {
      line.append(", status ");
      command.printable().print(reading.strangeWord(), LONGEST_NAME, line);
      line.append(" is in no known format");
    } else if (success && reading.status() == null) {
      line.append(", body in no known format, judged by the code alone");
    } else if (!success && reading.status() == Status.HEALTHY) {
      line.append(" although the body says healthy");
    } else if (answer.code() == 401 || answer.code() == 403) {
      line.append(", it wants other credentials: see VIGIL_PROBE_TOKEN and --header");
    } else if (answer.code() == 404) {
      line.append(", is the path right?");
    }
  }
}
