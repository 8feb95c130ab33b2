package io.lodisc.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lodisc.model", importOptions = DoNotIncludeTests.class)
class BoundariesTest {

  @ArchTest
  static final ArchRule NO_SPRING =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.springframework..");

  @ArchTest
  static final ArchRule ONLY_ENGINE_CALLS_THE_BINDING =
      noClasses()
          .that()
          .resideOutsideOfPackage("..engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.engine..");

  @ArchTest
  static final ArchRule PICTURES_AND_METRICS_NEED_NO_ENGINE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..image..",
              "..archive..",
              "..dataset..",
              "..metrics..",
              "..checkpoint..",
              "..exchange..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.lodisc.model.(*)..").should().beFreeOfCycles();
}
