package dev.vigil.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules that every module's code keeps, for ArchUnit. A module applies them so:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "dev.vigil.core", importOptions = ImportOption.DoNotIncludeTests.class)
 * class ArchitectureTest {
 *   @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);
 * }
 * }</pre>
 *
 * <p>What can be said of single calls (standard streams, clocks, threads, the default locale) is
 * said in {@code .mvn/forbidden-apis.txt} and pom.xml instead, where a member can be let off with a
 * reason.
 *
 * <p>Needs {@code archunit-junit6} on the test class path, which this artifact does not bring
 * along.
 */
public final class HouseRules {

  /** Packages depend on one another in one direction only. */
  @ArchTest
  public static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.vigil.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  /** Null is forbidden where {@code @Nullable} does not allow it, in every package. */
  @ArchTest
  public static final ArchRule packagesAreNullMarked =
      classes()
          .should(
              new ArchCondition<JavaClass>("be in a package with @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked =
                      type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                  events.add(
                      new SimpleConditionEvent(
                          type,
                          marked,
                          "package " + type.getPackageName() + " has no @NullMarked package-info"));
                }
              });

  /** One way to log: SLF4J. */
  @ArchTest
  public static final ArchRule noJavaUtilLogging =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.allowEmptyShould(true);

  /** What is thrown says what happened by its type. */
  @ArchTest
  public static final ArchRule noGenericExceptions =
      noClasses()
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "an exception of no particular kind is made",
                  call ->
                      isGeneric(call.getTargetOwner())
                          && !call.getOriginOwner().isAssignableTo(Throwable.class)))
          .allowEmptyShould(true);

  /** A class is named by what it is or by its difference. */
  @ArchTest
  public static final ArchRule namesSaySomething =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Utils?|Helper|Manager)(\\$.*)?")
          .orShould()
          .haveNameMatching("(.*[.$])?(Abstract|Base|Default)[A-Z][^.$]*")
          .allowEmptyShould(true);

  /** What applications compile against shows them nothing of packages named internal. */
  @ArchTest
  public static final ArchRule signaturesShowNoInternals =
      classes()
          .that()
          .arePublic()
          .and()
          .resideOutsideOfPackage("..internal..")
          .should(
              new ArchCondition<JavaClass>("show no internal type in a signature") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (!reachable(type)) {
                    return;
                  }
                  shown(type)
                      .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
                      .distinct()
                      .filter(HouseRules::isInternal)
                      .forEach(
                          internal ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      type, type.getName() + " shows " + internal.getName())));
                }
              })
          .allowEmptyShould(true);

  private HouseRules() {}

  private static final Set<String> GENERIC =
      Set.of(
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Error");

  private static boolean isGeneric(JavaClass type) {
    return GENERIC.contains(type.getName());
  }

  /** A public class nested in a package-private one is out of reach. */
  private static boolean reachable(JavaClass type) {
    return type.getEnclosingClass()
        .map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC) && reachable(outer))
        .orElse(true);
  }

  private static Stream<JavaType> shown(JavaClass type) {
    Stream<JavaType> supertypes =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> fields =
        type.getFields().stream().filter(HouseRules::isShown).map(JavaField::getType);
    Stream<JavaType> codeUnits =
        type.getCodeUnits().stream().filter(HouseRules::isShown).flatMap(HouseRules::types);
    return Stream.of(supertypes, fields, codeUnits).flatMap(types -> types);
  }

  private static boolean isShown(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  private static Stream<JavaType> types(JavaCodeUnit unit) {
    return Stream.of(
            Stream.of(unit.getReturnType()),
            unit.getParameterTypes().stream(),
            unit.getExceptionTypes().stream().map(thrown -> (JavaType) thrown))
        .flatMap(types -> types);
  }

  private static boolean isInternal(JavaClass type) {
    return (type.getPackageName() + ".").contains(".internal.");
  }
}
