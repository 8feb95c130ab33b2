package io.lodisc.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The services know each other only by HTTP; all of them together are seen from here. */
@AnalyzeClasses(packages = "io.lodisc", importOptions = DoNotIncludeTests.class)
class BoundariesTest {

  @ArchTest static final ArchRule TRAINING_IS_ALONE = alone("training", "inference", "retrieval");
  @ArchTest static final ArchRule INFERENCE_IS_ALONE = alone("inference", "training", "retrieval");
  @ArchTest static final ArchRule RETRIEVAL_IS_ALONE = alone("retrieval", "training", "inference");

  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_STANDALONE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.lodisc.standalone..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lodisc.standalone..");

  @ArchTest
  static final ArchRule THE_MODEL_DEPENDS_ON_NOTHING_OF_OURS =
      classes()
          .that()
          .resideInAPackage("io.lodisc.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              "io.lodisc.web..",
              "io.lodisc.training..",
              "io.lodisc.inference..",
              "io.lodisc.retrieval..",
              "org.springframework..");

  private static ArchRule alone(String service, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("io.lodisc." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lodisc." + others[0] + "..", "io.lodisc." + others[1] + "..");
  }
}
