package dev.vigil.health;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.vigil.testing.HouseRules;

@AnalyzeClasses(packages = "dev.vigil.health", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule theEngineKnowsNeitherItsChecksNorItsEndpoint =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("dev.vigil.health")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.vigil.health.(*)..");

  @ArchTest
  static final ArchRule jedisIsTouchedByOnePackage = touchedOnlyBy("redis.clients..", "redis");

  @ArchTest
  static final ArchRule hikariIsTouchedByOnePackage = touchedOnlyBy("com.zaxxer..", "hikari");

  @ArchTest
  static final ArchRule micrometerIsTouchedByOnePackage =
      touchedOnlyBy("io.micrometer..", "micrometer");

  @ArchTest
  static final ArchRule resilience4jIsTouchedByOnePackage =
      touchedOnlyBy("io.github.resilience4j..", "resilience4j");

  @ArchTest
  static final ArchRule servletsAreTouchedByTheEndpointOnly =
      touchedOnlyBy("jakarta.servlet..", "http");

  @ArchTest
  static final ArchRule jacksonIsTouchedByWhatSendsJsonOnly =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackages("dev.vigil.health.http", "dev.vigil.health.publish")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule theProbeStandsAlone =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage("dev.vigil.health.probe", "dev.vigil.health.internal.reading")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vigil.health",
              "dev.vigil.health.http..",
              "dev.vigil.health.checks..",
              "org.slf4j..");

  private static ArchRule touchedOnlyBy(String library, String part) {
    return ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("dev.vigil.health." + part)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
