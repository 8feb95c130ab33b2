package io.lodisc.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.lodisc.training",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {

  @ArchTest
  static final ArchRule knowsNoOtherService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.lodisc.inference..", "io.lodisc.retrieval..", "io.lodisc.standalone..");

  @ArchTest
  static final ArchRule theTrainerKnowsNoSpring =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..pretrain..",
              "..pictures..",
              "..views..",
              "..evaluation..",
              "..child..",
              "..queue..",
              "..reproduce..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "jakarta.persistence..",
              "io.lodisc.web..",
              "io.lodisc.training.job..",
              "io.lodisc.training.worker..",
              "io.lodisc.training.dataset..",
              "io.lodisc.training.checkpoint..",
              "io.lodisc.training.alias..");

  @ArchTest
  static final ArchRule viewsAndPicturesKnowNothingOfTheTrainer =
      noClasses()
          .that()
          .resideInAnyPackage("..pictures..", "..views..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..pretrain..");

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("io.lodisc.training.(*)..").should().beFreeOfCycles();
}
