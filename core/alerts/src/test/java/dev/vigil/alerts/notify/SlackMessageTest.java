package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackMessageTest {

  @Test
  void saysWhatFiresSinceWhenAndWhere() {
    assertThat(SlackMessage.of(Sample.firing()))
        .isEqualTo(
            Sample.json(
                """
                {"text": "[FIRING] high-error-rate: error rate 7.5% on a",
                 "link_names": false, "unfurl_links": false, "unfurl_media": false,
                 "blocks": [
                  {"type": "header", "text": {"type": "plain_text",
                   "text": "[FIRING] high-error-rate", "emoji": false}},
                  {"type": "section", "text": {"type": "mrkdwn", "verbatim": true,
                   "text": "error rate 7.5% on a\\nhigh, since 2026-01-01T00:00:00Z\
                \\nhttps://runbooks.example.test/errors\\npod=a, service.name=shop"}}]}
                """));
  }

  @Test
  void saysHowLongItLasted() {
    assertThat(SlackMessage.of(Sample.resolved()).at("/blocks/1/text/text").asText())
        .contains("from 2026-01-01T00:00:00Z to 2026-01-01T00:05:12Z (5m12s)");
  }

  @Test
  void countsWhatItDoesNotShow() {
    JsonNode message = SlackMessage.of(Sample.many());

    assertThat(message.at("/blocks/0/text/text").asText()).startsWith("[FIRING:50]");
    assertThat(message.get("blocks")).hasSize(22);
    assertThat(message.at("/blocks/21/text/text").asText()).isEqualTo("and 30 more");
  }

  @Test
  void keepsToSlacksLimitsWhateverIsInAnAlert() {
    JsonNode message = SlackMessage.of(Sample.hostile());

    assertThat(message.get("blocks").size()).isLessThanOrEqualTo(50);
    int all = 0;
    for (JsonNode block : message.get("blocks")) {
      int length = block.at("/text/text").asText().length();
      assertThat(length)
          .isPositive()
          .isLessThanOrEqualTo(block.get("type").asText().equals("header") ? 150 : 3_000);
      all += length;
    }
    assertThat(all).isLessThanOrEqualTo(13_000);
    assertThat(message.get("text").asText().length()).isLessThanOrEqualTo(40_000);
  }

  @Test
  void notifiesNobodyAndTellsNoSecret() {
    String message = SlackMessage.of(Sample.hostile()).toString();

    assertThat(message)
        .doesNotContain("<", "sk_live", "hunter2", "@here", "\\r", "\u202e", "\u2066", "\u0000")
        .contains("&lt;!here&gt;");
  }

  @ParameterizedTest
  @CsvSource({
    "a<b, 10, a&lt;b",
    "a&b, 7, a&amp;b",
    "a&bc, 7, a&amp;…",
    "a&b, 6, a…",
    "&&&, 11, &amp;&amp;…",
    "&&&, 15, &amp;&amp;&amp;",
    "&&&, 14, &amp;&amp;…",
    "me@example.test, 20, me@example.test",
    "abc, 2, a…"
  })
  void cutsNoEscapeInTwo(String text, int longest, String escaped) {
    assertThat(SlackMessage.escaped(text, longest)).isEqualTo(escaped);
  }
}
