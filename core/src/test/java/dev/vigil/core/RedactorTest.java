package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private static final Redactor REDACTOR = Redactor.standard();

  @ParameterizedTest
  @MethodSource("texts")
  void hides(String text, String redacted) {
    assertThat(REDACTOR.redact(text)).isEqualTo(redacted);
    assertThat(REDACTOR.redact(redacted)).isSameAs(redacted);
  }

  static Stream<String[]> texts() {
    return Stream.of(
        // key, sign, value
        row("password=hunter2 user=pat", "password=*** user=pat"),
        row("password = hunter2", "password = ***"),
        row("Password: hunter2, user: pat", "Password: ***, user: pat"),
        row("db.password=a,b;c user=x", "db.password=*** user=x"),
        row("user=sa;password=pw;encrypt=true", "user=sa;password=***;encrypt=true"),
        row("DB_PASSWORD=pw\nnext", "DB_PASSWORD=***\nnext"),
        row("clientSecret:=x1", "clientSecret:=***"),
        row("'password' => 'a b'", "'password' => '***'"),
        row("password=it's", "password=***"),
        row("(password=pw)", "(password=***)"),
        row("the api key: k-1 is wrong", "the api key: *** is wrong"),
        row("password= user=pat", "password= user=pat"),
        row("secret = YWJjZA==", "secret = ***"),
        row("params[password]=pw", "params[password]=***"),
        row("token=\"unclosed secret\nnext line", "token=\"***\nnext line"),
        row("password=\"\" token='' secret=", "password=\"\" token='' secret="),
        // JSON
        row("{\"password\":\"a \\\" b\",\"n\":1}", "{\"password\":\"***\",\"n\":1}"),
        row("{\"password\" : \"p\\\\\", \"n\":1}", "{\"password\" : \"***\", \"n\":1}"),
        row("{\"pin\":1234,\"n\":1}", "{\"pin\":***,\"n\":1}"),
        row("{\"token\":null,\"n\":1}", "{\"token\":null,\"n\":1}"),
        row("{\"tokens\":[\"a\"],\"secrets\":[\"a\",\"b\"]}", "{\"tokens\":***,\"secrets\":***}"),
        row("{\"secret\":{\"a\":{\"b\":1}},\"n\":1}", "{\"secret\":***,\"n\":1}"),
        row(
            "{\\\"password\\\":\\\"p\\\",\\\"n\\\":1}",
            "{\\\"password\\\":\\\"***\\\",\\\"n\\\":1}"),
        row(
            "{\\\"password\\\":\\\"p\\\\\\\"q\\\",\\\"n\\\":1}",
            "{\\\"password\\\":\\\"***\\\",\\\"n\\\":1}"),
        // as Java prints maps and records
        row("{user=pat, api_key=k 1 2, n=1}", "{user=pat, api_key=***, n=1}"),
        row("Login[user=pat, password=a b c]", "Login[user=pat, password=***]"),
        row("{Authorization=[Basic YWI6Y2Q=], Host=[h]}", "{Authorization=***, Host=[h]}"),
        // XML
        row("<a><password>p</password></a>", "<a><password>***</password></a>"),
        row("<ns:secret b='c d'>x</ns:secret>", "<ns:secret b='c d'>***</ns:secret>"),
        row("<a secret='1'>x</a>", "<a secret='***'>x</a>"),
        row("<p name=\"password\" value=\"x\"/>", "<p name=\"password\" value=\"***\"/>"),
        row(
            "{\"name\":\"db.password\", \"value\": \"x\"}",
            "{\"name\":\"db.password\", \"value\": \"***\"}"),
        row("{\"name\":\"port\",\"value\":80}", "{\"name\":\"port\",\"value\":80}"),
        // escaped white space before a word, as in JSON inside of a text
        row("a\\npwd: \"x y\"\\tsk_live_0123456789ab", "a\\npwd: \"***\"\\t***"),
        row("--secret => 'x1'", "--secret => '***'"),
        // behind a name of their own
        row("IBAN: DE89 3704 0044 0532 0130 00 ok", "IBAN: *** ok"),
        row("iban DE89 3704 0044 0532 0130 00 ok", "iban *** ok"),
        row("iban=DE89370400440532013000", "iban=***"),
        row("(using password: YES)", "(using password: YES)"),
        // URLs
        row("redis://:pw@cache:6379/0", "redis://:***@cache:6379/0"),
        row("postgres://u:p@ss@db/x", "postgres://u:***@db/x"),
        row("postgres://u:pa/ss?w@db/x", "postgres://u:***@db/x"),
        row("jdbc:mysql://u:pw@db:3306/x", "jdbc:mysql://u:***@db:3306/x"),
        row(
            "jdbc:postgresql://db/x?user=u&password=pw&ssl=true",
            "jdbc:postgresql://db/x?user=u&password=***&ssl=true"),
        row(
            "jdbc:sqlserver://db;user=sa;password={a;b};encrypt=true",
            "jdbc:sqlserver://db;user=sa;password=***;encrypt=true"),
        row("jdbc:oracle:thin:scott/tiger@//db:1521/x", "jdbc:oracle:thin:scott/***@//db:1521/x"),
        row("https://0123456789abcdef0123@sentry.test/4", "https://***@sentry.test/4"),
        row("https://ghs_0123456789abcdef:x-oauth-basic@git.test/r", "https://***@git.test/r"),
        row(
            "/cb?code=1&sig=abc%2Fd&x=2#access_token=t1&y=3",
            "/cb?code=1&sig=***&x=2#access_token=***&y=3"),
        row(
            "/r?to=https%3A%2F%2Fa.test%3Ftoken%3Dt1%26x%3D2",
            "/r?to=https%3A%2F%2Fa.test%3Ftoken%3D***%26x%3D2"),
        row("/a;jsessionid=0A1B;x=1", "/a;jsessionid=***;x=1"),
        row("https://discord.com/api/webhooks/123/a-b_c", "https://discord.com/api/webhooks/***"),
        // headers
        row("Authorization: Bearer abc.def/g+h==\nHost: h", "Authorization: Bearer ***\nHost: h"),
        row(
            "authorization: Digest username=\"u\", response=\"r\"\nHost: h",
            "authorization: ***\nHost: h"),
        row(
            "curl -H 'Authorization: token t1' https://h",
            "curl -H 'Authorization: token ***' https://h"),
        row("Set-Cookie: id=a1; Path=/; HttpOnly\r\nX: y", "Set-Cookie: ***\r\nX: y"),
        row("{\"m\":\"Cookie: a=b; c=d\",\"n\":1}", "{\"m\":\"Cookie: ***\",\"n\":1}"),
        row("sent Bearer eyabc123.x to h", "sent Bearer *** to h"),
        row("X-Api-Key: k1", "X-Api-Key: ***"),
        // words
        row("password hunter2 rejected", "password *** rejected"),
        row("the password is hunter2.", "the password is ***."),
        row("ssn 078-05-1120", "ssn ***"),
        row("run --password hunter --verbose", "run --password *** --verbose"),
        row("ALTER USER u PASSWORD 'p w'", "ALTER USER u PASSWORD '***'"),
        row("CREATE USER u IDENTIFIED BY 'p w'", "CREATE USER u IDENTIFIED BY '***'"),
        // shapes
        row("AKIAIOSFODNN7EXAMPLE used", "*** used"),
        row("key ghp_16C7e42F292c6912E7710c838347Ae178B4a", "key ***"),
        row("sk_live_4eC39HqLyjWDarjtT1zdp7dc", "***"),
        row("xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy", "***"),
        row("AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "***"),
        row("card 4111111111111111.", "card ***."),
        row("card 4111 1111 1111 1111 ok", "card *** ok"),
        row("card 3782-822463-10005", "card ***"),
        row("a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b", "a *** b"),
        row(
            "key=\"-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\" b",
            "key=\"***\" b"),
        row(
            "private_key='-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----' b",
            "private_key='***' b"),
        row("-----BEGIN PRIVATE KEY-----\nMII cut short", "***"),
        row("card_number=4111 1111 1111 1111 exp=12/30", "card_number=*** exp=12/30"),
        row("PASSWORD='it''s', x='y'", "PASSWORD='***', x='y'"),
        // two in one
        row("token=a secret=b card 4111111111111111", "token=*** secret=*** card ***"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password reset requested",
        "password changed for user 42",
        "token 4 of 9",
        "the secret is out",
        "password: must not be blank",
        "Invalid token: expired at noon",
        "passwordPolicy=strict token_type=bearer secretName=db-creds maxTokens=150",
        "bypass=true compass=north reside: x spin=3 tokens=12",
        "password_hash=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "order 9b2f4c1e-7d3a-4e6b-8c5d-0a1b2c3d4e5f",
        "token 9b2f4c1e-7d3a-4e6b-8c5d-0a1b2c3d4e5f",
        "41111111-1111-1111-1111-111111111111",
        "order 4111111111111112 and 1234567812345670",
        "at 1718034567890 ms, 4111111111111111.50, x4111111111111111",
        "2026-01-31T12:00:00Z v1.22.333-rc.4 10.0.0.1:8080 1,234,567.89",
        "https://host:8080/path@x http://[::1]:80/a@b ssh://git@host mailto:pat@example.test",
        "git@github.com:org/repo.git",
        "the bearer of bad news, basic authentication, Basic Authentication",
        "usage: login <user> <password> [options]",
        "login --password --verbose",
        "path \"C:\\temp\\new\" kept",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "password={} secret=?",
        "sk-learn-pipeline-with-a-long-name xoxb- AKIA AIza eyJ. ghp_x",
        "password=*** token=\"***\" Authorization: Basic ***",
        "pat@example.test DE89 3704 0044 0532 0130 00 078-05-1120"
      })
  void keeps(String text) {
    assertThat(REDACTOR.redact(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "db-password",
        "newPassword",
        "user.password",
        "api_key",
        "X-Api-Key",
        "apiKey",
        "stripeSecretKey",
        "AWS_SECRET_ACCESS_KEY",
        "access_token",
        "Authorization",
        "Proxy-Authorization",
        "Set-Cookie",
        "DB_PASS",
        "dbPass",
        "pwd",
        "password2",
        "passwords[0]",
        "csrfToken",
        "JSESSIONID",
        "client.secret",
        "PASSWORT",
        "credit-card"
      })
  void knowsTheNamesOfSecrets(String key) {
    assertThat(REDACTOR.sensitive(key)).isTrue();
    assertThat(REDACTOR.redact(key, "anything")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "user",
        "passwordPolicy",
        "token_type",
        "tokens",
        "secretName",
        "bypass",
        "compass",
        "key",
        "cacheKey",
        "hash",
        "password_hash",
        "author",
        "state",
        "word",
        "pass__word"
      })
  void knowsOtherNames(String key) {
    assertThat(REDACTOR.sensitive(key)).isFalse();
    assertThat(REDACTOR.redact(key, "anything")).isEqualTo("anything");
  }

  @Test
  void looksIntoValuesUnderOtherNames() {
    assertThat(REDACTOR.redact("url", "redis://:pw@cache")).isEqualTo("redis://:***@cache");
    assertThat(REDACTOR.redact("password", "")).isEmpty();
  }

  private static String[] row(String text, String redacted) {
    return new String[] {text, redacted};
  }
}
