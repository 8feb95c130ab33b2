package io.lodisc.retrieval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.lodisc.retrieval", importOptions = DoNotIncludeTests.class)
class BoundariesTest {

  @ArchTest
  static final ArchRule KNOWS_OTHER_SERVICES_BY_HTTP_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.lodisc.training..", "io.lodisc.inference..", "ai.djl..");

  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().matching("io.lodisc.retrieval.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CONTROLLERS_ARE_THEIR_PACKAGES_OWN =
      classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

  @ArchTest
  static final ArchRule NOTHING_STARTS_AT_THE_ROOT =
      noClasses()
          .that()
          .resideInAPackage("io.lodisc.retrieval.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lodisc.retrieval");

  @ArchTest
  static void carriesNoEngine(JavaClasses ignored) {
    ClassLoader loader = BoundariesTest.class.getClassLoader();
    assertThat(loader.getResource("ai/djl/engine/Engine.class")).isNull();
    assertThat(loader.getResource("ai/djl/pytorch/engine/PtEngine.class")).isNull();
  }
}
