package dev.vigil.alerts.notify;

import dev.vigil.alerts.DeliveryException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What an SMTP server's refusals mean for another attempt (RFC 5321, 4.2.1). */
final class SmtpAnswer {

  private static final int MOST = 100;

  private SmtpAnswer() {}

  static DeliveryException of(MessagingException failure) {
    List<Integer> codes = codes(failure);
    if (codes.isEmpty()) {
      String message = String.valueOf(failure.getMessage());
      return DeliveryException.temporary(
          "no mail was sent: " + AlertText.line(message, AlertText.LONGEST_LABEL));
    }
    boolean again = codes.stream().anyMatch(SmtpAnswer::isTemporary);
    int told = codes.stream().filter(code -> !again || isTemporary(code)).findFirst().orElse(0);
    String message = "the SMTP server answered " + told;
    return again ? DeliveryException.temporary(message) : DeliveryException.permanent(message);
  }

  static boolean isTemporary(MessagingException failure) {
    return codes(failure).stream().anyMatch(SmtpAnswer::isTemporary);
  }

  private static boolean isTemporary(int code) {
    return code / 100 == 4;
  }

  /** Of all the failures in a chain; one recipient's may differ from another's. */
  private static List<Integer> codes(MessagingException failure) {
    List<Integer> codes = new ArrayList<>();
    Exception next = failure;
    for (int i = 0; i < MOST && next instanceof MessagingException each; i++) {
      int code = code(each);
      if (code / 100 == 4 || code / 100 == 5) {
        codes.add(code);
      }
      next = each.getNextException();
    }
    return codes;
  }

  private static int code(MessagingException failure) {
    if (failure instanceof SMTPSendFailedException refused) {
      return refused.getReturnCode();
    }
    if (failure instanceof SMTPAddressFailedException recipient) {
      return recipient.getReturnCode();
    }
    if (failure instanceof SMTPSenderFailedException sender) {
      return sender.getReturnCode();
    }
    String message = failure.getMessage();
    if (failure instanceof AuthenticationFailedException
        && message != null
        && message.matches("(?s)[45][0-9]{2}[ -].*")) {
      return Integer.parseInt(message.substring(0, 3)); // it has the server's answer and no code
    }
    return 0;
  }
}
