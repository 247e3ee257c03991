package dev.vigil.alerts;

import static dev.vigil.alerts.TestAlerts.firing;
import static dev.vigil.alerts.TestAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vigil.alerts.notify.EmailNotifier;
import dev.vigil.alerts.notify.ScriptedSmtp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A channel whose receiver is a mail server. */
class MailChannelIT {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void deliversOnceWhatTheServerCouldNotTakeAtFirst() {
    GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
    server.start();
    server.setUser("ops@example.test", "ops@example.test", "x");
    AtomicInteger attempts = new AtomicInteger();
    server
        .getUserManager()
        .setMessageDeliveryHandler(
            (message, address) -> {
              if (attempts.incrementAndGet() == 1) {
                throw new MessagingException("the disk is full"); // which GreenMail answers by 451
              }
              return server.getUserManager().getUserByEmail(address.getEmail());
            });
    try (Outbox outbox = outbox(server.getSmtp().getPort(), Duration.ofSeconds(10))) {
      outbox.publish("rule", List.of("email"), List.of(firing("a")));
      await().until(() -> count("delivered") == 1);
      outbox.publish("rule", List.of("email"), List.of(resolved("a")));
      await().until(() -> count("delivered") == 2);

      assertThat(count("failed")).isEqualTo(1);
      assertThat(server.getReceivedMessages()).hasSize(2);
    } finally {
      server.stop();
    }
  }

  @Test
  void deliversOnceWhereTheServerHangsAtFirst() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(Map.of("MAIL", ScriptedSmtp.HANG));
        Outbox outbox = outbox(server.port(), Duration.ofMillis(1_500))) {
      outbox.publish("rule", List.of("email"), List.of(firing("a")));
      await().until(() -> count("failed") == 1);
      server.answers.clear();
      await().until(() -> count("delivered") == 1);

      assertThat(server.mails).containsExactly("ops@example.test");
    }
  }

  private Outbox outbox(int port, Duration attempt) {
    Notifier email =
        EmailNotifier.builder("localhost", "vigil@example.test", List.of("ops@example.test"))
            .port(port)
            .tls(EmailNotifier.Tls.NONE)
            .build();
    return Outbox.builder(Map.of("email", email), registry).attempt(attempt).build();
  }

  private double count(String outcome) {
    return registry
        .get("vigil.alerts.notifications")
        .tag("channel", "email")
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
