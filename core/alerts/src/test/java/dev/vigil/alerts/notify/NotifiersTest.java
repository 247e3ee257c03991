package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.alerts.Notifier;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifiersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack | webhook=https://hooks.example.test/T/B/x | SlackNotifier",
        "pagerduty | routingKey=abc | PagerDutyNotifier",
        "pagerduty | routingKey=abc;endpoint=https://events.eu.pagerduty.com/v2/enqueue | PagerDutyNotifier",
        "email | to=a@example.test, b@example.test;from=c@example.test;host=h | EmailNotifier",
        "email | to=a@b.test;from=c@d.test;host=h;port=465;tls=implicit;user=u;password=p | EmailNotifier",
        "webhook | url=http://localhost:1/x;secret=s | WebhookNotifier",
        "alertmanager | url=http://localhost:9093/;interval=PT5M | AlertmanagerNotifier",
        "log | | LogNotifier",
        "ops | type=log | LogNotifier"
      })
  void makesEach(String channel, String settings, String type) {
    try (Notifier made = Notifiers.of(channel, map(settings))) {
      assertThat(made.getClass().getSimpleName()).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack | webhok=https://x.test | channel \"slack\" needs webhook; does not know \"webhok\", did you mean webhook?",
        "email | host=h | channel \"email\" needs to; needs from",
        "email | to=a@b.test;from=hunter2@@;host=h | channel \"email\" is not usable: from must be an e-mail address but was \"hunter2@@\"",
        "email | to=a@b.test;from=a@b.test;host=h;user=u | channel \"email\" needs both user and password, or neither",
        "email | to=a@b.test;from=a@b.test;host=h;port=hunter2 | channel \"email\" needs a number as port",
        "email | to=,;from=a@b.test;host=h | channel \"email\" is not usable: to must hold at least one address but was empty",
        "email | to=a@b.test;from=a@b.test;host=h;tls=hunter2 | channel \"email\" needs starttls, implicit or none as tls",
        "alertmanager | url=http://x.test;interval=hunter2 | channel \"alertmanager\" needs a duration such as PT15S as interval",
        "log | level=hunter2 | channel \"log\" does not know \"level\", it has no settings",
        "slak | | channel \"slak\" must have a type, by its name or by the setting type, of slack, pagerduty, email, webhook, alertmanager, log; did you mean slack?",
        "slack | webhook= | channel \"slack\" needs webhook"
      })
  void saysWhatIsWrong(String channel, String settings, String message) {
    assertThatThrownBy(() -> Notifiers.of(channel, map(settings)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "ftp://x.test/hunter2",
        "https://u:hunter2@x.test/",
        "http://",
        "https://x y/hunter2",
        "https:///hunter2"
      })
  void showsNoUri(String uri) {
    for (Map.Entry<String, Map<String, String>> channel :
        Map.of(
                "slack", Map.of("webhook", uri),
                "webhook", Map.of("url", uri),
                "alertmanager", Map.of("url", uri),
                "pagerduty", Map.of("routingKey", "hunter2", "endpoint", uri))
            .entrySet()) {
      assertThatThrownBy(() -> Notifiers.of(channel.getKey(), channel.getValue()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("channel \"" + channel.getKey() + "\"")
          .hasMessageNotContaining("hunter2")
          .hasNoCause();
    }
  }

  @Test
  void saysWhatOfAChannelIsItsOwn() {
    try (Notifier slack = Notifiers.of("slack", map("webhook=https://x.test"));
        Notifier alertmanager = Notifiers.of("alertmanager", map("url=https://x.test"));
        Notifier log = Notifiers.of("log", Map.of())) {
      assertThat(slack.minimumGap()).hasSeconds(1);
      assertThat(slack.resendEvery()).isNull();
      assertThat(slack.isLocal()).isFalse();
      assertThat(alertmanager.resendEvery()).hasMinutes(1);
      assertThat(log.isLocal()).isTrue();
      assertThat(slack.toString()).doesNotContain("x.test");
    }
  }

  private static Map<String, String> map(String settings) {
    Map<String, String> map = new HashMap<>();
    if (settings != null) {
      for (String setting : settings.split(";")) {
        String[] parts = setting.split("=", 2);
        map.put(parts[0], parts[1]);
      }
    }
    return map;
  }
}
