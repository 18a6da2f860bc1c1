package dev.afterbay.reconciliation;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.afterbay.reconciliation");

  @Test
  void onlyTheEdgeKnowsTheSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..fromdynamodb..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void nothingReadsTheSystemClock() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "it reads a clock",
                call ->
                    call.getTargetOwner().getName().startsWith("java.time.")
                            && "now".equals(call.getTarget().getName())
                        || "java.lang.System".equals(call.getTargetOwner().getName())))
        .check(CLASSES);
  }

  @Test
  void packagesDoNotFormCycles() {
    slices().matching("dev.afterbay.reconciliation.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
