package dev.vigil.alerts.notify;

import dev.vigil.alerts.DeliveryException;
import dev.vigil.alerts.Notification;
import dev.vigil.core.Secret;
import dev.vigil.core.internal.Quoted;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mail a connection, as Angus Mail sends it. */
final class Smtp {

  private static final Logger log = LoggerFactory.getLogger("vigil.alerts");

  private final String host;
  private final int port;
  private final @Nullable String user;
  private final @Nullable Secret password;
  private final InternetAddress from;
  private final InternetAddress[] to;
  private final Session session;

  Smtp(EmailNotifier.Builder settings) {
    host = settings.host;
    port = port(settings);
    user = settings.user;
    password = settings.password;
    from = address("from", settings.from);
    to = settings.to.stream().map(each -> address("to", each)).toArray(InternetAddress[]::new);
    session = Session.getInstance(properties(settings));
  }

  private static int port(EmailNotifier.Builder settings) {
    if (settings.port != 0) {
      return settings.port;
    }
    return switch (settings.tls) {
      case STARTTLS -> 587;
      case IMPLICIT -> 465;
      case NONE -> 25;
    };
  }

  private static InternetAddress address(String name, String text) {
    try {
      InternetAddress address = new InternetAddress(text.strip(), true);
      address.validate();
      return address;
    } catch (AddressException malformed) {
      throw new IllegalArgumentException(
          name + " must be an e-mail address but was " + Quoted.of(text));
    }
  }

  private static Properties properties(EmailNotifier.Builder settings) {
    Properties mail = new Properties();
    mail.put("mail.smtp.connectiontimeout", "5000");
    mail.put("mail.smtp.timeout", "10000");
    // So that the interrupt at the end of an attempt's time ends whatever the server does.
    mail.put("mail.smtp.usesocketchannels", "true");
    mail.put("mail.smtp.quitwait", "false"); // what it says after it took the mail is no matter
    mail.put("mail.smtp.sendpartial", "false"); // nobody gets it twice where it is tried again
    mail.put("mail.smtp.ssl.checkserveridentity", "true");
    mail.put("mail.smtp.auth", String.valueOf(settings.user != null));
    mail.put("mail.mime.charset", "UTF-8");
    if (settings.tls == EmailNotifier.Tls.STARTTLS) {
      mail.put("mail.smtp.starttls.enable", "true");
      mail.put("mail.smtp.starttls.required", "true");
    } else if (settings.tls == EmailNotifier.Tls.IMPLICIT) {
      mail.put("mail.smtp.ssl.enable", "true");
    }
    return mail;
  }

  void send(Notification notification) throws DeliveryException, MessagingException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Where Angus looks for what turns parts into bytes.
    thread.setContextClassLoader(SMTPTransport.class.getClassLoader());
    try {
      send(EmailMessage.of(session, from, to, notification), to);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void send(MimeMessage message, Address[] recipients)
      throws DeliveryException, MessagingException {
    try (SMTPTransport transport = new SMTPTransport(session, null)) {
      transport.connect(host, port, user, password == null ? null : password.reveal());
      try {
        transport.sendMessage(message, recipients);
      } catch (SendFailedException refused) {
        Address[] others = others(refused, recipients);
        if (others.length == 0) {
          throw refused;
        }
        log.warn(
            "the SMTP server refuses {} of {} recipients", to.length - others.length, to.length);
        transport.sendMessage(message, others);
      }
    } catch (MessagingException failure) {
      throw SmtpAnswer.of(failure);
    }
  }

  /** Those that the server takes, where it refuses the rest of them for good. */
  private static Address[] others(SendFailedException refused, Address[] recipients) {
    Address[] others = refused.getValidUnsentAddresses();
    boolean some = others != null && others.length > 0 && others.length < recipients.length;
    return some && !SmtpAnswer.isTemporary(refused) ? others : new Address[0];
  }
}
