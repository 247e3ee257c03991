package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vigil.alerts.DeliveryException;
import dev.vigil.core.Secret;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailNotifierIT {

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS)
          });

  private static SSLContext before;

  /** Knows the key of the servers here, and trusts it. */
  private static SSLContext trusting;

  @BeforeAll
  static void makeKey(@TempDir Path dir) throws Exception {
    before = SSLContext.getDefault();
    Path keys = dir.resolve("localhost.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        "-genkeypair -alias localhost -keyalg EC -dname CN=localhost -ext san=dns:localhost"
            + " -storetype PKCS12 -storepass changeit -keystore";
    List<String> command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(options.split(" ")));
    command.add(keys.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    System.setProperty("greenmail.tls.keystore.file", keys.toString());

    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance(keys.toFile(), password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("localhost", store.getCertificate("localhost"));
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store, password);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(own.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @AfterAll
  static void forgetKey() {
    System.clearProperty("greenmail.tls.keystore.file");
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    SSLContext.setDefault(before);
  }

  @Test
  void deliversMailsOfOneThread() throws Exception {
    EmailNotifier mail = open("ops@example.test", "boss@example.test").build();

    mail.send(Sample.firing());
    mail.send(Sample.resolved());

    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(4);
    assertThat(received)
        .extracting(MimeMessage::getSubject)
        .filteredOn(subject -> subject.startsWith("[RESOLVED]"))
        .hasSize(2);
    assertThat(received)
        .extracting(each -> each.getHeader("References")[0])
        .containsOnly("<vigil-c0ffee" + "0".repeat(58) + "@example.test>");
  }

  @Test
  void logsInOverImplicitTls() throws Exception {
    SSLContext.setDefault(trusting);
    server.setUser("ops@example.test", "alerts", "hunter2");
    EmailNotifier mail =
        builder("ops@example.test")
            .port(server.getSmtps().getPort())
            .tls(EmailNotifier.Tls.IMPLICIT)
            .credentials("alerts", Secret.of("hunter2"))
            .build();

    mail.send(Sample.firing());
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void goesOnInTlsAfterStarttls() throws Exception {
    SSLContext.setDefault(trusting);
    Map<String, String> answers =
        Map.of("EHLO", "250-localhost\r\n250 STARTTLS", "STARTTLS", "220 go");
    try (ScriptedSmtp smtp = new ScriptedSmtp(answers)) {
      builder("ops@example.test").port(smtp.port()).build().send(Sample.firing());

      assertThat(smtp.mails).hasSize(1);
    }
  }

  @Test
  void trustsNoCertificateThatTheJvmDoesNotTrust() {
    EmailNotifier mail =
        builder("ops@example.test")
            .port(server.getSmtps().getPort())
            .tls(EmailNotifier.Tls.IMPLICIT)
            .build();

    assertThatThrownBy(() -> mail.send(Sample.firing())).isInstanceOf(DeliveryException.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void sendsNothingInTheOpenUnlessTold() {
    EmailNotifier mail = builder("ops@example.test").port(server.getSmtp().getPort()).build();

    assertThatThrownBy(() -> mail.send(Sample.firing()))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void deliversOnceWhatTheServerTookTheSecondTime() throws Exception {
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
    server.setUser("ops@example.test", "ops@example.test", "x");
    EmailNotifier mail = open("ops@example.test").build();

    assertThatThrownBy(() -> mail.send(Sample.firing()))
        .isInstanceOfSatisfying(
            DeliveryException.class,
            answer -> {
              assertThat(answer.retryable()).isTrue();
              assertThat(answer).hasMessage("the SMTP server answered 451");
            });
    mail.send(Sample.firing());
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, 554 no, 0, true",
    "MAIL, 451 later, 451, true",
    "MAIL, 550 never, 550, false",
    "RCPT, 450 greylisted, 450, true",
    "RCPT, 550 unknown, 550, false",
    "DATA, 452 full, 452, true",
    "END, 421 closing, 421, true",
    "END, 554 spam hunter2, 554, false"
  })
  void triesAgainAfterFourHundredsOnly(String verb, String says, int code, boolean again)
      throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Map.of(verb, says))) {
      EmailNotifier mail = scripted(smtp, "ops@example.test").build();

      assertThatThrownBy(() -> mail.send(Sample.firing()))
          .isInstanceOfSatisfying(
              DeliveryException.class,
              answer -> {
                assertThat(answer.retryable()).isEqualTo(again);
                assertThat(answer.getMessage()).doesNotContain("hunter2");
                if (code > 0) {
                  assertThat(answer).hasMessage("the SMTP server answered " + code);
                }
              });
      assertThat(smtp.mails).isEmpty();
    }
  }

  @Test
  void takesARefusedLoginForWhatItIs() throws Exception {
    Map<String, String> answers =
        Map.of("EHLO", "250-localhost\r\n250 AUTH PLAIN", "AUTH", "535 no such hunter2");
    try (ScriptedSmtp smtp = new ScriptedSmtp(answers)) {
      EmailNotifier mail =
          scripted(smtp, "ops@example.test").credentials("u", Secret.of("hunter2")).build();

      assertThatThrownBy(() -> mail.send(Sample.firing()))
          .isInstanceOfSatisfying(
              DeliveryException.class, answer -> assertThat(answer.retryable()).isFalse())
          .hasMessage("the SMTP server answered 535");
    }
  }

  @Test
  void reachesTheOthersWhereOneIsRefused() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Map.of("RCPT TO:<gone", "550 unknown"))) {
      scripted(smtp, "ops@example.test", "gone@example.test", "boss@example.test")
          .build()
          .send(Sample.firing());

      assertThat(smtp.mails).containsExactly("ops@example.test boss@example.test");
    }
  }

  @Test
  void sendsNobodyAMailThatHasToBeTriedAgainForAnother() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Map.of("RCPT TO:<grey", "450 later"))) {
      EmailNotifier mail = scripted(smtp, "ops@example.test", "grey@example.test").build();

      assertThatThrownBy(() -> mail.send(Sample.firing()))
          .hasMessage("the SMTP server answered 450");
      assertThat(smtp.mails).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "MAIL", "END"})
  void endsWithItsInterruptWhereTheServerHangs(String where) throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Map.of(where, ScriptedSmtp.HANG))) {
      EmailNotifier mail = scripted(smtp, "ops@example.test").build();
      AtomicReference<Exception> thrown = new AtomicReference<>();
      Thread sender =
          new Thread(
              () -> {
                try {
                  mail.send(Sample.firing());
                } catch (Exception failure) {
                  thrown.set(failure);
                }
              });
      sender.start();
      await()
          .until(
              () ->
                  sender.getState() != Thread.State.NEW
                      && Arrays.stream(sender.getStackTrace())
                          .anyMatch(frame -> frame.getMethodName().equals("readServerResponse")));

      sender.interrupt();
      sender.join(5_000);
      assertThat(sender.isAlive()).isFalse();
      assertThat(thrown.get())
          .isInstanceOfSatisfying(
              DeliveryException.class, answer -> assertThat(answer.retryable()).isTrue());
    }
  }

  private EmailNotifier.Builder open(String... to) {
    return builder(to).port(server.getSmtp().getPort()).tls(EmailNotifier.Tls.NONE);
  }

  private static EmailNotifier.Builder scripted(ScriptedSmtp smtp, String... to) {
    return builder(to).port(smtp.port()).tls(EmailNotifier.Tls.NONE);
  }

  private static EmailNotifier.Builder builder(String... to) {
    return EmailNotifier.builder("localhost", "vigil@example.test", List.of(to));
  }
}
