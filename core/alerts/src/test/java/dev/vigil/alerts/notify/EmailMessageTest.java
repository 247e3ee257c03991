package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.alerts.Notification;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EmailMessageTest {

  private static final Session SESSION = Session.getInstance(new Properties());

  @Test
  void isAMailThatNoPersonWrote() throws Exception {
    MimeMessage mail = mail(Sample.firing());

    assertThat(mail.getSubject()).isEqualTo("[FIRING] high-error-rate: error rate 7.5% on a");
    assertThat(mail.getSentDate()).isEqualTo(Date.from(Sample.NOW));
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getMessageID()).matches("<[0-9a-f-]{36}@example\\.test>");
    assertThat(mail.getMessageID()).isNotEqualTo(mail(Sample.firing()).getMessageID());
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContent())
        .isEqualTo(
            """
            [FIRING] high-error-rate

            error rate 7.5% on a
              high, since 2026-01-01T00:00:00Z
              pod: a
              service.name: shop
              runbook: https://runbooks.example.test/errors
            """
                .replace("\n", "\r\n"));
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("<h3>error rate 7.5% on a</h3>", "<tr><td>pod</td><td>a</td></tr>");
  }

  @Test
  void makesOneThreadOfOneIncident() throws Exception {
    MimeMessage firing = mail(Sample.firing());
    MimeMessage resolved = mail(Sample.resolved());

    assertThat(firing.getHeader("References"))
        .containsExactly("<vigil-c0ffee" + "0".repeat(58) + "@example.test>")
        .isEqualTo(resolved.getHeader("References"))
        .isEqualTo(firing.getHeader("In-Reply-To"));
    assertThat(
            mail(Sample.notification(Notification.Kind.TEST, Sample.firing().alerts(), 0))
                .getHeader("References"))
        .isNull();
  }

  @Test
  void hasNoHeaderAndNoMarkupOfAStrangers() throws Exception {
    MimeMessage mail = mail(Sample.hostile());
    String raw = raw(mail);

    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getHeader("X-Evil")).isNull();
    assertThat(mail.getSubject()).hasSizeLessThanOrEqualTo(200).doesNotContain("\r", "\n");
    String html = ((MimeMultipart) mail.getContent()).getBodyPart(1).getContent().toString();
    assertThat(html).doesNotContain("<script", "sk_live", "hunter2", "\u202e");
    assertThat(raw).hasSizeLessThan(2_000_000);
    assertThat(Arrays.stream(raw.split("\r\n")).mapToInt(String::length).max().orElseThrow())
        .isLessThanOrEqualTo(998);
  }

  private static String raw(MimeMessage mail) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    mail.writeTo(bytes);
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** As a receiver reads it. */
  private static MimeMessage mail(Notification notification) throws Exception {
    InternetAddress from = new InternetAddress("vigil@example.test");
    InternetAddress[] to = {new InternetAddress("ops@example.test")};
    String raw = raw(EmailMessage.of(SESSION, from, to, notification));
    return new MimeMessage(
        SESSION, new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
