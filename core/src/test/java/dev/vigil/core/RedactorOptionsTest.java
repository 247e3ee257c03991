package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a redactor hides only when it is told to. */
class RedactorOptionsTest {

  @Test
  void hidesPersonalDataOnDemand() {
    Redactor redactor = Redactor.builder().emails().ibans().socialSecurityNumbers().build();

    assertThat(redactor.redact("to pat.o'x+y@mail.example.test.")).isEqualTo("to ***.");
    assertThat(redactor.redact("DE89 3704 0044 0532 0130 00, ok")).isEqualTo("***, ok");
    assertThat(redactor.redact("GB82WEST12345698765432 ok")).isEqualTo("*** ok");
    assertThat(redactor.redact("id 078-05-1120")).isEqualTo("id ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "@@",
        "a@",
        "@b.test",
        "a@b",
        "user@@host.test",
        "a@b.",
        "x@-.-",
        "DE88 3704 0044 0532 0130 00",
        "DE89",
        "AB12CDEF",
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "123-00-4567",
        "1078-05-1120",
        "078-05-11201",
        "078-05-1120-1"
      })
  void keepsWhatOnlyResemblesPersonalData(String text) {
    Redactor redactor = Redactor.builder().emails().ibans().socialSecurityNumbers().build();

    assertThat(redactor.redact(text)).isSameAs(text);
  }

  @Test
  void hidesTheApplicationsOwnKeys() {
    Redactor redactor = Redactor.builder().keys("tax-id", "şifre").build();

    assertThat(redactor.redact("taxId=12 TAX_ID: 13 şifre=x"))
        .isEqualTo("taxId=*** TAX_ID: *** şifre=***");
    assertThat(redactor.sensitive("customer.tax.id")).isTrue();
    Redactor others = Redactor.builder().keys("пароль", "密码", "жетон").build();
    assertThat(others.redact("пароль=a 密码:b жетон = c")).isEqualTo("пароль=*** 密码:*** жетон = ***");
    assertThatThrownBy(() -> Redactor.builder().keys("--"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hidesTheApplicationsOwnPatterns() {
    Redactor redactor =
        Redactor.builder().pattern(Pattern.compile("\\bCUST-\\d{4}\\b"), 64).build();

    assertThat(redactor.redact("CUST-1234 and CUST-5678\nCUST-9\nx"))
        .isEqualTo("*** and ***\nCUST-9\nx");
    assertThat(redactor.redact("CUST-9 token=a")).isEqualTo("CUST-9 token=***");
  }

  @Test
  void hidesWhatAPatternIsNotShown() {
    Redactor redactor = Redactor.builder().pattern(Pattern.compile("secretly"), 10).build();

    assertThat(redactor.redact("0123456789secretly\nshort")).isEqualTo("0123456789***\nshort");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|aa)+b", "(.*)*x{1,9}y"})
  void stopsAPatternThatRunsAway(String pattern) {
    Redactor redactor = Redactor.builder().pattern(Pattern.compile(pattern), 8_192).build();

    assertThat(redactor.redact("ok\n" + "a".repeat(8_000) + "\nok")).isEqualTo("ok\n***\nok");
  }

  @Test
  void refusesAPatternWithoutABound() {
    assertThatThrownBy(() -> Redactor.builder().pattern(Pattern.compile("a"), 10_000))
        .hasMessage("longest must be between 1 and 8192 but was 10000");
  }
}
