package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets stand in command lines, files, forms and sentences, beyond {@code key=value}. */
class RedactorShapesTest {

  private static final Redactor REDACTOR = Redactor.standard();

  @ParameterizedTest
  @MethodSource({"commands", "sentences", "documents", "encodings", "urls", "shapes"})
  void hides(String text, String redacted) {
    assertThat(REDACTOR.redact(text)).isEqualTo(redacted);
    assertThat(REDACTOR.redact(redacted)).isSameAs(redacted);
  }

  static Stream<String[]> commands() {
    return Stream.of(
        row("curl -u user:pw https://h/", "curl -u user:*** https://h/"),
        row("curl -u 'pat:s3cr et' https://h", "curl -u 'pat:***' https://h"),
        row("curl --proxy-user pat:swordfish x", "curl --proxy-user pat:*** x"),
        row("mysql -u root -p swordfish db", "mysql -u root -p *** db"),
        row("mysqldump -uroot -pswordfish db", "mysqldump -uroot -p*** db"),
        row("sshpass -p 'sword fish' ssh h", "sshpass -p '***' ssh h"),
        row("redis-cli -h h -a swordfish ping", "redis-cli -h h -a *** ping"),
        row("ldapsearch -D cn=x -w swordfish", "ldapsearch -D cn=x -w ***"),
        row("docker login -u pat -p swordfish", "docker login -u pat -p ***"),
        row("java -Dpassword=x --token 'a b' -v", "java -Dpassword=*** --token '***' -v"));
  }

  static Stream<String[]> sentences() {
    return Stream.of(
        row("Password for pat is hunter2.", "Password for pat is ***."),
        row(
            "the password of user pat was reset to hunter2",
            "the password of user pat was reset to ***"),
        row("password changed to hunter2 by pat", "password changed to *** by pat"),
        row("password Pa$$-9xyz refused", "password *** refused"),
        row("your otp is 482913", "your otp is ***"),
        row("pin 1234 and cvv 123", "pin *** and cvv ***"),
        row("basic dXNlcjpwYXNzd29yZDE= sent", "basic *** sent"),
        row("AUTH PLAIN AHRlc3QAdGVzdDE=", "AUTH PLAIN ***"),
        row("Basic dXNlcjpwYXNz sent", "Basic *** sent"), // "user:pass"
        row("user.setPassword(\"swordfish\")", "user.setPassword(\"***\")"),
        row("SET PASSWORD = PASSWORD('x')", "SET PASSWORD = ***')"));
  }

  static Stream<String[]> documents() {
    return Stream.of(
        row("{\"tokens\":[\"a\",\"b\"],\"n\":1}", "{\"tokens\":***,\"n\":1}"),
        row("password: |\n  one\n  two\nnext: x", "password: |\n  ***\nnext: x"),
        row(
            "  key: x\n  token: >-\n    a\n\n    b\n  n: 1",
            "  key: x\n  token: >-\n    ***\n  n: 1"),
        row(
            "- name: DB_PASSWORD\n  value: x\n- name: P",
            "- name: DB_PASSWORD\n  value: ***\n- name: P"),
        row("password=\"one\ntwo\" ok", "password=\"***\" ok"),
        row("<password><![CDATA[a<b]]></password>", "<password>***</password>"),
        row("<entry key=\"db.password\">x</entry>", "<entry key=\"db.password\">***</entry>"),
        row("<name>password</name>\n<value>x</value>", "<name>password</name>\n<value>***</value>"),
        row("<key>token</key><string>x</string>", "<key>token</key><string>***</string>"),
        row("password={noop}hunter2, n=1", "password=***, n=1"),
        row("userPassword: {SSHA}abc123==", "userPassword: ***"),
        row("password_1=a token-2=b", "password_1=*** token-2=***"),
        row("password\u00a0=\u00a0hunter2 x", "password\u00a0=\u00a0*** x"),
        row("password:\u202fhunter2 x", "password:\u202f*** x"),
        row("X-Hub-Signature-256: sha256=ab", "X-Hub-Signature-256: ***"),
        row("Stripe-Signature: t=1,v1=ab,v0=cd", "Stripe-Signature: ***"));
  }

  static Stream<String[]> encodings() {
    return Stream.of(
        row("password%3Dx%26n%3D1", "password%3D***%26n%3D1"),
        row("password%253Dx", "password%253D***"),
        row("%7B%22password%22%3A%22x%22%7D", "%7B%22password%22%3A%22***%22%7D"),
        row("password\\u003dx\\u0026n=1", "password\\u003d***\\u0026n=1"),
        row("-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----\\n b", "***\\n b"));
  }

  static Stream<String[]> urls() {
    return Stream.of(
        row("/cb?signature=abc&x=1", "/cb?signature=***&x=1"),
        row("root:pw@tcp(127.0.0.1:3306)/db", "root:***@tcp(127.0.0.1:3306)/db"),
        row("scott:tiger@localhost:1521/x", "scott:***@localhost:1521/x"),
        row(
            "https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5/getMe",
            "https://api.telegram.org/bot110201543:***/getMe"),
        row(
            "https://a.webhook.office.com/webhookb2/1a2b@3c4d/IncomingWebhook/5e",
            "https://a.webhook.office.com/webhookb2/***"));
  }

  static Stream<String[]> shapes() {
    return Stream.of(
        row("sk-" + "aB3".repeat(16) + " used", "*** used"),
        row("SK0123456789abcdef0123456789abcdef", "***"),
        row("glrt-abcdefghijklmnop1234", "***"),
        row("at 123:4111 1111 1111 1111", "at 123:***"),
        row("1234.5 4111-1111-1111-1111,", "1234.5 ***,"),
        row("hf_" + "aBcD".repeat(9), "***"),
        row("pypi-AgEIcHlwaS5vcmcCJDU3", "***"),
        row("hvs." + "CAESI".repeat(6), "***"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker run -u 1000:1000 -p 8080:80 image",
        "mkdir -p /var/lib/x; ssh -p 2222 h; ps -p 123",
        "token was sent to user42",
        "tokens=12 usage tokens: [1, 2] {\"tokens\":[12,13]}",
        "Basic Authentication basic OpenTelemetry setup Basic SpringBoot tests",
        "WWW-Authenticate: Bearer realm=\"example\"",
        "mailto:pat@example.test email:pat@example.test 12:30@host a@b:80",
        "GPIO pin 18, token 4 of 9",
        "the signature: invalid",
        "hash md5 5f4dcc3b5aa765d61d8327deb882cf99, password hash 5f4dcc3b5aa765d61d8327deb882cf99",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "ISBN 978-3-16-148410-0, +49 30 12345678, order 1234567890123456",
        "at com.acme.PasswordEncoder.encode(PasswordEncoder.java:42)",
        "trace 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "session id 9b2f4c1e-7d3a-4e6b-8c5d-0a1b2c3d4e5f",
        "secret/data/app token/renew password-reset",
        "scope=token_read password_reset_url=https://x/y",
        "User[name=pat, password=null, token=]",
        "sk-learn-pipeline-with-a-long-name-that-goes-on-and-on",
        "password: |\nnext: x",
        "see <name>user</name><value>x</value>"
      })
  void keeps(String text) {
    assertThat(REDACTOR.redact(text)).isSameAs(text);
  }

  private static String[] row(String text, String redacted) {
    return new String[] {text, redacted};
  }
}
