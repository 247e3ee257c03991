package dev.vigil.alerts.notify;

import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Notifier;
import dev.vigil.core.Secret;
import dev.vigil.core.internal.Require;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes e-mails by SMTP: one a notification, as text and as HTML.
 *
 * <p>Needs {@code org.eclipse.angus:angus-mail} on the class path. The connection has to become TLS
 * (STARTTLS, port 587) unless told otherwise. Mails about one incident are one thread, by {@code
 * References} to a mail that never was, and say that no person wrote them ({@code Auto-Submitted},
 * RFC 3834). An answer from 400 to 499 is temporary, one from 500 on is not. Where the server
 * refuses some of the recipients for good, the others get the mail. The password shows nowhere.
 * Thread-safe.
 *
 * <pre>{@code
 * Notifier mail =
 *     EmailNotifier.builder("smtp.example.com", "alerts@example.com", List.of("ops@example.com"))
 *         .credentials("alerts", Secret.of(password))
 *         .build();
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321, SMTP</a>
 */
public final class EmailNotifier implements Notifier {

  private final Smtp smtp;

  private EmailNotifier(Smtp smtp) {
    this.smtp = smtp;
  }

  /** How the connection is kept private. */
  public enum Tls {
    /** It begins in the open and becomes TLS before anything else is said (RFC 3207). */
    STARTTLS,
    /** It is TLS from the first byte (RFC 8314). */
    IMPLICIT,
    /** It stays open to read: for a server on the same machine. */
    NONE
  }

  /**
   * A notifier to be.
   *
   * @param host the server
   * @param from the sender's address
   * @param to the recipients' addresses, at least one
   */
  public static Builder builder(String host, String from, List<String> to) {
    return new Builder(host, from, to);
  }

  @Override
  public void send(Notification notification) throws Exception {
    smtp.send(notification);
  }

  /** Collects settings. Not thread-safe; can be used again after {@link #build}. */
  public static final class Builder {

    final String host;
    final String from;
    final List<String> to;
    int port;
    Tls tls = Tls.STARTTLS;
    @Nullable String user;
    @Nullable Secret password;

    private Builder(String host, String from, List<String> to) {
      this.host = Objects.requireNonNull(host, "host");
      this.from = Objects.requireNonNull(from, "from");
      this.to = List.copyOf(to);
      if (to.isEmpty()) {
        throw new IllegalArgumentException("to must hold at least one address but was empty");
      }
    }

    /** The server's port; 587 by default, 465 for implicit TLS, 25 without TLS. */
    public Builder port(int port) {
      this.port = Require.between("port", 1, 65_535, port);
      return this;
    }

    /** How the connection is kept private; STARTTLS by default. */
    public Builder tls(Tls tls) {
      this.tls = Objects.requireNonNull(tls, "tls");
      return this;
    }

    /** Whom to log in as; nobody by default. */
    public Builder credentials(String user, Secret password) {
      this.user = Objects.requireNonNull(user, "user");
      this.password = Objects.requireNonNull(password, "password");
      return this;
    }

    /**
     * The notifier.
     *
     * @throws IllegalArgumentException if an address is none
     * @throws IllegalStateException if Angus Mail is not on the class path
     */
    public EmailNotifier build() {
      try {
        return new EmailNotifier(new Smtp(this));
      } catch (NoClassDefFoundError missing) {
        throw new IllegalStateException(
            "EmailNotifier needs org.eclipse.angus:angus-mail on the class path", missing);
      }
    }
  }
}
