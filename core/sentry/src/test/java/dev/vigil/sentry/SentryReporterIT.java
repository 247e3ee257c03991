package dev.vigil.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.core.Profile;
import dev.vigil.sentry.logback.SentryLogback;
import dev.vigil.testing.FakeTime;
import io.sentry.Attachment;
import io.sentry.Breadcrumb;
import io.sentry.Hint;
import io.sentry.ITransaction;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.protocol.Message;
import io.sentry.protocol.Request;
import io.sentry.protocol.User;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class SentryReporterIT {

  private final EnvelopeStore store = new EnvelopeStore();
  private SentryReporter reporter;

  @AfterEach
  void stop() {
    if (reporter != null) {
      reporter.close();
      reporter.close();
    }
    Sentry.close();
    store.close();
  }

  private void start(Profile profile) {
    reporter = SentryReporter.builder(store.dsn(), profile).release("shop@1.2.3").start();
  }

  @Test
  void sendsAFailureWithEnvironmentAndRelease() {
    start(Profile.STAGING);

    reporter.report("calling a listener", new IllegalStateException("password=hunter2"));
    reporter.close();

    JsonNode event = store.events().get(0);
    assertThat(event.get("environment").asText()).isEqualTo("staging");
    assertThat(event.get("release").asText()).isEqualTo("shop@1.2.3");
    assertThat(event.at("/exception/values/0/type").asText()).isEqualTo("IllegalStateException");
    assertThat(event.at("/exception/values/0/value").asText()).isEqualTo("password=***");
    assertThat(event.at("/message/formatted").asText()).isEqualTo("calling a listener");
  }

  @Test
  void scrubsEveryCopy() {
    start(Profile.PRODUCTION);
    String text = "token=planted-1379";
    SentryEvent event =
        new SentryEvent(new IllegalStateException(text, new RuntimeException(text)));
    Message message = new Message();
    message.setMessage(text + " {}");
    message.setFormatted(text);
    message.setParams(List.of(text));
    event.setMessage(message);
    event.setTag("note", text);
    event.setTag("session-token", "planted-1379");
    event.setExtra("note", text);
    event.setExtra("nested", Map.of("password", Map.of("deep", List.of("planted-1379"))));
    event.setExtra("object", new Account("planted-1379"));
    event.getContexts().put("shop", Map.of("api_key", "planted-1379"));
    event.setBreadcrumbs(new ArrayList<>(List.of(breadcrumb(text))));
    Request request = new Request();
    request.setUrl("https://user:planted-1379@shop.test/?access_token=planted-1379");
    request.setQueryString("a=1&access_token=planted-1379");
    request.setCookies("session=planted-1379");
    request.setHeaders(Map.of("Authorization", "Bearer planted-1379", "X-Note", text));
    request.setData(Map.of("secret", "planted-1379"));
    event.setRequest(request);
    User user = new User();
    user.setData(Map.of("pin_secret", "planted-1379"));
    event.setUser(user);
    event.setUnknown(Map.of("later_field", text));
    event.setTransaction(text);
    Hint hint = Hint.withAttachment(new Attachment(text.getBytes(StandardCharsets.UTF_8), "a.txt"));

    Sentry.captureEvent(event, hint);
    reporter.close();

    assertThat(store.events()).hasSize(1);
    assertThat(store.text()).doesNotContain("planted-1379").contains("shop.test/", "a=1");
  }

  /** Sentry serialises it by reflection. */
  static final class Account {
    @SuppressWarnings("unused")
    private final String password;

    Account(String password) {
      this.password = password;
    }
  }

  private static Breadcrumb breadcrumb(String text) {
    Breadcrumb breadcrumb = new Breadcrumb(text);
    breadcrumb.setData("note", text);
    breadcrumb.setData("password", "planted-1379");
    return breadcrumb;
  }

  @Test
  void scrubsTransactionsAndTheirSpans() {
    reporter = SentryReporter.builder(store.dsn(), Profile.PRODUCTION).tracesSampleRate(1).start();
    ITransaction transaction = Sentry.startTransaction("GET /?token=planted-1379", "http");
    var span = transaction.startChild("db", "select where password='planted-1379'");
    span.setData("api_key", "planted-1379");
    span.finish();
    transaction.setTag("note", "token=planted-1379");
    transaction.finish();
    reporter.close();

    assertThat(store.text())
        .contains("\"type\":\"transaction\"", "\"public_key\":\"publickey\"")
        .doesNotContain("planted-1379");
  }

  @Test
  void sendsTheFirstOfManyAndTellsHowManyItSkipped() {
    reporter =
        SentryReporter.builder(store.dsn(), Profile.PRODUCTION).ticker(new FakeTime()).start();
    for (int i = 0; i < 15; i++) {
      reporter.report("loop", new IllegalStateException("round " + i));
    }
    reporter.close();

    assertThat(store.events()).hasSize(6);
    assertThat(store.events().get(5).at("/extra/skipped_before_this").asInt()).isEqualTo(9);
  }

  @Test
  void sendsNothingUnderDevelopmentOrWithoutADsn() {
    start(Profile.DEVELOPMENT);
    reporter.report("x", new IllegalStateException("x"));
    assertThat(reporter.isOn()).isFalse();
    reporter.close();

    reporter = SentryReporter.start(null, Profile.PRODUCTION, "shop@1");
    reporter.report("x", new IllegalStateException("x"));

    assertThat(reporter.isOn()).isFalse();
    assertThat(Sentry.isEnabled()).isFalse();
    assertThat(store.text()).isEmpty();
  }

  @Test
  void refusesAMalformedDsnWithoutShowingIt() {
    assertThatThrownBy(() -> SentryReporter.start("https://secretkey", Profile.PRODUCTION, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("secretkey");
  }

  @Test
  void leavesAnSdkAloneThatTheApplicationStarted() {
    Sentry.init(
        options -> {
          options.setDsn(store.dsn());
          options.setRelease("theirs");
        });
    start(Profile.PRODUCTION);

    reporter.report("x", new IllegalStateException("password=hunter2"));
    assertThatThrownBy(() -> SentryLogback.attach(reporter))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unscrubbed");
    reporter.close();

    assertThat(Sentry.isEnabled()).isTrue();
    assertThat(Sentry.getCurrentScopes().getOptions().getRelease()).isEqualTo("theirs");
    assertThat(store.events()).hasSize(1);
    assertThat(store.text()).doesNotContain("hunter2");
  }

  @Test
  void sendsErrorsOfTheLogWithWhatLedThere() {
    start(Profile.PRODUCTION);
    SentryLogback log = SentryLogback.attach(reporter);
    try {
      MDC.put("session-token", "planted-1379");
      LoggerFactory.getLogger("com.acme").warn("before: password={}", "planted-1379");
      LoggerFactory.getLogger("com.acme")
          .error("failed: token={}", "planted-1379", new IllegalStateException("pwd=planted-1379"));
    } finally {
      MDC.clear();
      log.close();
    }
    reporter.close();

    assertThat(store.events()).hasSize(1);
    assertThat(store.text()).doesNotContain("planted-1379").contains("before: password=***");
    assertThat(Sentry.isEnabled()).isFalse();
  }

  @Test
  void doesNotSendWhatCannotBeScrubbed() {
    SentryOptions options = new SentryOptions();
    ScrubbingSerializer serializer =
        new ScrubbingSerializer(options, dev.vigil.core.Redactor.standard());
    java.io.StringWriter out = new java.io.StringWriter();
    io.sentry.JsonSerializable broken =
        (writer, logger) -> {
          writer.beginObject();
          writer.name("note").value("begun");
          throw new IllegalStateException("password=hunter2");
        };

    assertThatThrownBy(() -> serializer.serialize(broken, out))
        .isInstanceOf(java.io.IOException.class)
        .hasNoCause()
        .hasMessageContaining("scrubbing failed");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void capturesAnUncaughtExceptionOnceAndCallsTheHandlerBefore() throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Thread.UncaughtExceptionHandler original = Thread.getDefaultUncaughtExceptionHandler();
    Thread.UncaughtExceptionHandler before = (thread, thrown) -> seen.set(thrown);
    Thread.setDefaultUncaughtExceptionHandler(before);
    try {
      start(Profile.PRODUCTION);
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
      reporter.handleUncaught();
      assertThatThrownBy(() -> reporter.handleUncaught()).isInstanceOf(IllegalStateException.class);
      Throwable thrown = new IllegalStateException("password=hunter2");
      SentryLogback log = SentryLogback.attach(reporter);
      Thread thread =
          new Thread(
              () -> {
                throw (IllegalStateException) thrown;
              });
      thread.start();
      thread.join();
      log.close();
      reporter.close();

      assertThat(seen).hasValue(thrown);
      assertThat(store.events()).hasSize(1);
      assertThat(store.events().get(0).get("level").asText()).isEqualTo("fatal");
      assertThat(store.text()).doesNotContain("hunter2").contains("\"handled\":false");
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(original);
    }
  }
}
