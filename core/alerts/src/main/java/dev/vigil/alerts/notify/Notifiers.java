package dev.vigil.alerts.notify;

import dev.vigil.alerts.Notifier;
import dev.vigil.core.Secret;
import dev.vigil.core.internal.NearestName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes notifiers from settings, as they stand in a file of rules under {@code channels}.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>type</th><th>required</th><th>optional</th></tr>
 * <tr><td>slack</td><td>webhook</td><td></td></tr>
 * <tr><td>pagerduty</td><td>routingKey</td><td>endpoint</td></tr>
 * <tr><td>email</td><td>to (commas between), from, host</td><td>port, user, password, tls
 * ({@code starttls}, {@code implicit}, {@code none})</td></tr>
 * <tr><td>webhook</td><td>url</td><td>secret</td></tr>
 * <tr><td>alertmanager</td><td>url</td><td>interval ({@code PT15S}): the rules'</td></tr>
 * <tr><td>log</td><td></td><td></td></tr>
 * </table>
 */
public final class Notifiers {

  /** The setting that says what a channel is, where its name does not. */
  static final String TYPE = "type";

  private static final List<String> TYPES =
      List.of("slack", "pagerduty", "email", "webhook", "alertmanager", "log");

  private Notifiers() {}

  /**
   * A notifier for what a file says of a channel, see {@link #of(String, Map)}.
   *
   * @throws IllegalArgumentException if the settings are not usable; the message has their place
   */
  public static Notifier of(dev.vigil.alerts.ChannelSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    settings.keys().forEach(key -> values.put(key, String.join(",", settings.texts(key))));
    try {
      return of(settings.name(), values);
    } catch (IllegalArgumentException problem) {
      throw new IllegalArgumentException(settings.place() + ": " + problem.getMessage(), problem);
    }
  }

  /**
   * A notifier.
   *
   * @param channel the channel's name, and its type where there is no setting {@code type}
   * @param settings by name
   * @throws IllegalArgumentException if there is no such type, or a setting is missing, unknown or
   *     no such thing; the message holds no value but a type's
   * @throws IllegalStateException if a library that the notifier needs is not on the class path
   */
  public static Notifier of(String channel, Map<String, String> settings) {
    Objects.requireNonNull(channel, "channel");
    ChannelSettings given = new ChannelSettings(channel, settings);
    String own = given.optional(TYPE);
    String type = own == null ? channel : own;
    try {
      return switch (type) {
        case "slack" -> SlackNotifier.of(given.check(List.of("webhook")).secret("webhook"));
        case "pagerduty" -> pagerDuty(given.check(List.of("routingKey"), "endpoint"));
        case "email" ->
            email(given.check(List.of("to", "from", "host"), "port", "user", "password", "tls"));
        case "webhook" -> webhook(given.check(List.of("url"), "secret"));
        case "alertmanager" -> alertmanager(given.check(List.of("url"), "interval"));
        case "log" -> {
          given.check(List.of());
          yield LogNotifier.create();
        }
        default -> throw unknown(given, type);
      };
    } catch (IllegalArgumentException problem) {
      String message = String.valueOf(problem.getMessage());
      throw message.startsWith("channel ") ? problem : given.problem("is not usable: " + message);
    }
  }

  private static IllegalArgumentException unknown(ChannelSettings given, String type) {
    String hint =
        NearestName.of(type, TYPES).map(near -> "; did you mean " + near + "?").orElse("");
    return given.problem(
        "must have a type, by its name or by the setting type, of "
            + String.join(", ", TYPES)
            + hint);
  }

  private static Notifier pagerDuty(ChannelSettings given) {
    Secret routingKey = given.secret("routingKey");
    String endpoint = given.optional("endpoint");
    return endpoint == null
        ? PagerDutyNotifier.of(routingKey)
        : PagerDutyNotifier.of(routingKey, uri(given, endpoint));
  }

  private static URI uri(ChannelSettings given, String endpoint) {
    try {
      return new URI(endpoint);
    } catch (URISyntaxException malformed) { // its message holds what it could not read
      throw given.problem("needs a URI as endpoint");
    }
  }

  private static Notifier email(ChannelSettings given) {
    EmailNotifier.Builder email =
        EmailNotifier.builder(given.text("host"), given.text("from"), given.list("to"));
    String port = given.optional("port");
    if (port != null) {
      email.port(number(given, port));
    }
    String user = given.optional("user");
    String password = given.optional("password");
    if ((user == null) != (password == null)) {
      throw given.problem("needs both user and password, or neither");
    }
    if (user != null && password != null) {
      email.credentials(user, Secret.of(password));
    }
    return email.tls(tls(given, given.optional("tls"))).build();
  }

  private static int number(ChannelSettings given, String port) {
    if (!port.matches("[0-9]{1,5}")) {
      throw given.problem("needs a number as port");
    }
    return Integer.parseInt(port);
  }

  private static EmailNotifier.Tls tls(ChannelSettings given, @Nullable String name) {
    if (name == null) {
      return EmailNotifier.Tls.STARTTLS;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "starttls" -> EmailNotifier.Tls.STARTTLS;
      case "implicit" -> EmailNotifier.Tls.IMPLICIT;
      case "none" -> EmailNotifier.Tls.NONE;
      default -> throw given.problem("needs starttls, implicit or none as tls");
    };
  }

  private static Notifier webhook(ChannelSettings given) {
    Secret url = given.secret("url");
    return given.optional("secret") == null
        ? WebhookNotifier.of(url)
        : WebhookNotifier.signed(url, given.secret("secret"));
  }

  private static Notifier alertmanager(ChannelSettings given) {
    Secret url = given.secret("url");
    String interval = given.optional("interval");
    if (interval == null) {
      return AlertmanagerNotifier.of(url);
    }
    try {
      return AlertmanagerNotifier.of(url, Duration.parse(interval));
    } catch (DateTimeException malformed) {
      throw given.problem("needs a duration such as PT15S as interval");
    }
  }
}
