package dev.vigil.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.vigil.testing.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds what it is there to find. */
class HouseRulesTest {

  private static final JavaClasses OFFENDERS =
      new ClassFileImporter().importPackages("dev.vigil.core.testkit.offender");

  @Test
  void findsCyclesOfPackages() {
    assertThat(violations(HouseRules.packagesAreFreeOfCycles)).hasSize(1);
  }

  @Test
  void findsPackagesWithoutNullMarked() {
    assertThat(violations(HouseRules.packagesAreNullMarked)).hasSize(3);
  }

  @Test
  void findsJavaUtilLogging() {
    assertThat(violations(HouseRules.noJavaUtilLogging)).isNotEmpty();
  }

  @Test
  void findsGenericExceptions() {
    assertThat(violations(HouseRules.noGenericExceptions)).hasSize(1);
  }

  @Test
  void findsNamesThatSayNothing() {
    assertThat(violations(HouseRules.namesSaySomething))
        .hasSize(2)
        .anyMatch(violation -> violation.contains("OrderManager"))
        .anyMatch(violation -> violation.contains("DefaultOrder"));
  }

  @Test
  void findsInternalTypesInSignatures() {
    assertThat(violations(HouseRules.signaturesShowNoInternals))
        .singleElement()
        .asString()
        .endsWith("OrderManager shows dev.vigil.core.testkit.offender.internal.Hidden");
  }

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(OFFENDERS).getFailureReport().getDetails();
  }
}
