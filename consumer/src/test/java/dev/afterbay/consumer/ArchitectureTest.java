package dev.afterbay.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CONSUMER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.afterbay.consumer");

  @Test
  void onlyTheWorkerKnowsKcl() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..consumer.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon.kinesis..", "com.amazonaws.services.dynamodbv2.streamsadapter..")
        .check(CONSUMER);
  }

  @Test
  void onlyTheEdgesKnowTheSdksClients() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..consumer.aws..",
            "..consumer.preflight..",
            "..consumer.doctor..",
            "..consumer.worker..",
            "..consumer.status..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("software\\.amazon\\.awssdk\\..*Client(Builder)?")
        .check(CONSUMER);
  }

  @Test
  void thePipelineKnowsNeitherTheConfigurationNorTheCommands() {
    noClasses()
        .that()
        .resideInAPackage("..consumer.pipeline..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..consumer.config..", "..consumer.cli..", "..consumer.worker..")
        .check(CONSUMER);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("dev.afterbay.consumer.(*)..").should().beFreeOfCycles().check(CONSUMER);
  }
}
