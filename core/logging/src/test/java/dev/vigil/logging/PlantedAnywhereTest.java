package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vigil.core.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A secret in a form that the README names, planted at any place, in any surrounding text. */
class PlantedAnywhereTest {

  private static final int ROUNDS = 1_500;

  /** The secret's mark, and forms with it; %s is the secret. */
  private static final List<String> FORMS =
      List.of(
          "password=%s",
          "PASSWORD: %s",
          "\"api_key\":\"%s\"",
          "{\\\"token\\\":\\\"%s\\\"}",
          "client_secret='%s'",
          "https://user:%s@host.test/path",
          "https://host.test/cb?a=1&access_token=%s&b=2",
          "Authorization: Bearer %s",
          "jdbc:postgresql://db/shop?user=a&password=%s",
          "redis://:%s@cache:6379/0",
          "{user=pat, passwd=%s}",
          "<secret>%s</secret>",
          "--password %s",
          "curl -u pat:%s https://host.test",
          "mysql -u root -p %s shop",
          "https://host.test/cb?a=1&signature=%s&b=2",
          "https://api.telegram.org/bot110201543:AA%s0123456789abcdef/getMe",
          "Password for pat is %s",
          "password hunter%s",
          "password was changed to %s",
          "password\u00a0=\u00a0%s",
          "{\"tokens\":[\"a\",\"%s\"]}",
          "<entry key=\"db.password\">%s</entry>",
          "<password><![CDATA[%s]]></password>",
          "to=https%%3A%%2F%%2Fhost.test%%3Fpassword%%3D%s%%26b%%3D2",
          "password\\u003d%s\\u0026b=2",
          "root:%s@tcp(127.0.0.1:3306)/shop",
          "- name: DB_PASSWORD\n  value: %s",
          "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----",
          "user.setPassword(\"%s\")",
          "password={noop}%s",
          "ghp_%s0123456789abcdefghij",
          "sk_live_%s0123456789");

  private static final String[] SURROUNDINGS = {
    "",
    " ",
    "\n",
    "\t",
    ",",
    ";",
    "(",
    ")",
    "[",
    "]",
    "x",
    " login ",
    " = ",
    "é",
    "\u2028",
    "\"",
    "😀",
    " failed for user 42 ",
    "\u0000",
    " <b> ",
    "||",
    " - ",
    "{}",
    "%"
  };

  private final Random random = new Random(20260101);

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void neverLeaves(LogFormat format) {
    LineEncoder encoder =
        format == LogFormat.TEXT
            ? new TextEncoder(Redactor.standard(), false)
            : new JsonEncoder(format, new Identity("shop", "dev", "1", ""), Redactor.standard());
    for (int round = 0; round < ROUNDS; round++) {
      String secret = secret();
      String form = FORMS.get(random.nextInt(FORMS.size()));
      // A word right before a key's name makes it another name; a space does not.
      String text = surrounding() + " " + String.format(form, secret) + " " + surrounding();
      int place = random.nextInt(8);

      String line = StrictJson.text(encoder.encode(planted(place, text).event()));

      assertThat(line).as("form %s, place %s, text %s", form, place, text).doesNotContain(secret);
      if (format != LogFormat.TEXT) {
        assertThat(StrictJson.line(line).isObject()).isTrue();
      }
    }
  }

  private static Events planted(int place, String text) {
    return switch (place) {
      case 0 -> Events.info(text);
      case 1 -> Events.info("request {} done", text);
      case 2 -> Events.info("map {}", Map.of("inner", text));
      case 3 -> Events.info("x").mdc("note", text);
      case 4 -> Events.info("x").field("note", text);
      case 5 -> Events.of(Level.ERROR, "x", new IllegalStateException(text));
      case 6 -> Events.of(Level.ERROR, "x", new RuntimeException("outer", new Exception(text)));
      default -> {
        Exception thrown = new Exception("outer");
        thrown.addSuppressed(new Exception(text));
        yield Events.of(Level.WARN, "x", thrown);
      }
    };
  }

  private String surrounding() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(SURROUNDINGS[random.nextInt(SURROUNDINGS.length)]);
    }
    return text.toString();
  }

  private String secret() {
    StringBuilder secret = new StringBuilder("Zq7");
    String letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789_";
    for (int i = 8 + random.nextInt(12); i > 0; i--) {
      secret.append(letters.charAt(random.nextInt(letters.length())));
    }
    return secret.append("9").toString();
  }
}
