package dev.vigil.alerts.notify;

import dev.vigil.alerts.Notification;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.util.Date;
import java.util.UUID;
import java.util.stream.Collectors;

/** A notification as a mail. */
final class EmailMessage extends MimeMessage {

  /** With what the headers add this stays on one screen; RFC 5322 allows 998 a line. */
  private static final int LONGEST_SUBJECT = 200;

  private final String id;

  private EmailMessage(Session session, String id) {
    super(session);
    this.id = id;
  }

  static EmailMessage of(
      Session session, InternetAddress from, InternetAddress[] to, Notification notification)
      throws MessagingException {
    String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    EmailMessage mail = new EmailMessage(session, "<" + UUID.randomUUID() + "@" + domain + ">");
    mail.setFrom(from);
    mail.setRecipients(Message.RecipientType.TO, to);
    mail.setSubject(AlertText.line(AlertText.subject(notification), LONGEST_SUBJECT), "UTF-8");
    mail.setSentDate(Date.from(notification.at()));
    mail.setHeader("Auto-Submitted", "auto-generated");
    if (notification.kind() != Notification.Kind.TEST) {
      mail.thread(notification, domain);
    }
    MimeMultipart parts = new MimeMultipart("alternative");
    parts.addBodyPart(part(EmailText.plain(notification), "plain"));
    parts.addBodyPart(part(EmailText.html(notification), "html"));
    mail.setContent(parts);
    mail.saveChanges();
    return mail;
  }

  /** All mails about an incident are answers to one that was never sent. */
  private void thread(Notification notification, String domain) throws MessagingException {
    String roots =
        notification.alerts().stream()
            .map(alert -> "<vigil-" + alert.incident() + "@" + domain + ">")
            .collect(Collectors.joining(" "));
    setHeader("In-Reply-To", roots.substring(0, roots.indexOf('>') + 1));
    setHeader("References", MimeUtility.fold("References: ".length(), roots));
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, "UTF-8", subtype);
    return part;
  }

  /** Else it would hold this machine's and this user's name. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
