package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial")
class RedactedThrowableTest {

  private static final Redactor REDACTOR = Redactor.standard();

  @Test
  void returnsTheSameInstanceWhereThereIsNothingToHide() {
    Throwable clean = new IOException("disk full", new IllegalStateException());

    assertThat(REDACTOR.redact(clean)).isSameAs(clean);
  }

  @Test
  void printsAsTheOriginalWithoutItsSecrets() {
    Throwable failure = new SQLException("login failed, password=hunter2");

    String printed = print(REDACTOR.redact(failure));

    assertThat(printed)
        .isEqualTo(print(failure).replace("hunter2", "***"))
        .startsWith("java.sql.SQLException: login failed, password=***\n\tat dev.vigil.core.");
  }

  @Test
  void showsTheOriginalClassToALoggerThatPrintsItsOwn() {
    Throwable redacted = REDACTOR.redact(new SQLException("password=hunter2"));

    assertThat(ThrowableProxyUtil.asString(new ThrowableProxy(redacted)))
        .startsWith("dev.vigil.core.RedactedThrowable: java.sql.SQLException: password=***")
        .contains("at dev.vigil.core.RedactedThrowableTest");
  }

  @Test
  void redactsCausesAndSuppressed() {
    Throwable cause = new IllegalStateException("token=causeTok-1379 rejected");
    Throwable failure = new IOException("outer", cause);
    failure.addSuppressed(new IOException("redis://:pw4471@cache is closed"));

    String printed = print(REDACTOR.redact(failure));

    assertThat(printed)
        .contains("java.io.IOException: outer")
        .contains("Suppressed: java.io.IOException: redis://:***@cache is closed")
        .contains("Caused by: java.lang.IllegalStateException: token=*** rejected")
        .doesNotContain("causeTok-1379", "pw4471");
  }

  @Test
  void survivesCyclesOfCauses() {
    Exception one = new IOException("password=hunter2");
    Exception other = new IOException("other", one);
    one.initCause(other);
    one.addSuppressed(other);

    Throwable redacted = REDACTOR.redact(one);

    assertThat(redacted).hasToString("java.io.IOException: password=***");
    assertThat(redacted.getCause().getCause()).isSameAs(redacted);
    assertThat(redacted.getSuppressed()).containsExactly(redacted.getCause());
  }

  @Test
  void survivesAnExceptionThatIsItsOwnCause() {
    Throwable redacted =
        REDACTOR.redact(
            new IOException("password=hunter2") {
              @Override
              public synchronized Throwable getCause() {
                return this;
              }
            });

    assertThat(redacted.getCause()).isNull();
    assertThat(redacted.getMessage()).endsWith(": password=***");
  }

  @Test
  void survivesALongChain() {
    Throwable chain = new IOException("password=hunter2");
    for (int i = 0; i < 50_000; i++) {
      chain = new IOException("outer", chain);
    }

    Throwable end = REDACTOR.redact(chain);
    while (end.getCause() != null) {
      end = end.getCause();
    }

    assertThat(end).hasToString("java.io.IOException: password=***");
  }

  @Test
  void standsInForAnExceptionWhoseMethodsThrow() {
    class Broken extends RuntimeException {
      @Override
      public String getMessage() {
        throw new IllegalStateException("token=abc");
      }
    }

    Throwable redacted = REDACTOR.redact(new Broken());

    assertThat(redacted.toString())
        .endsWith("Broken: (no text, since its own methods throw)")
        .doesNotContain("abc");
  }

  @Test
  void looksAtTheMessageAlsoWhereTheTextDoesNotShowIt() {
    Throwable redacted =
        REDACTOR.redact(
            new IOException("password=hunter2") {
              @Override
              @SuppressWarnings("OverrideThrowableToString")
              public String toString() {
                return "quiet";
              }
            });

    assertThat(redacted.getMessage()).endsWith(": quiet").doesNotContain("hunter2");
    assertThat(redacted.toString()).startsWith("dev.vigil.core.RedactedThrowableTest$");
  }

  @Test
  void leavesWhatIsRedactedAlone() {
    Throwable redacted = REDACTOR.redact(new IOException("password=hunter2"));

    assertThat(REDACTOR.redact(redacted)).isSameAs(redacted);
  }

  private static String print(Throwable failure) {
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    return printed.toString().replace(System.lineSeparator(), "\n");
  }
}
