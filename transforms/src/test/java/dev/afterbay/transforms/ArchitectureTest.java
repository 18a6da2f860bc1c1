package dev.afterbay.transforms;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.afterbay.transforms");

  private static final DescribedPredicate<JavaMethodCall> READS_A_CLOCK =
      DescribedPredicate.describe(
          "it reads a clock",
          call -> {
            String owner = call.getTargetOwner().getName();
            String method = call.getTarget().getName();
            return owner.startsWith("java.time.")
                    && ("now".equals(method)
                        || method.startsWith("system")
                        || method.startsWith("tick"))
                || "java.lang.System".equals(owner)
                    && ("currentTimeMillis".equals(method) || "nanoTime".equals(method));
          });

  @Test
  void onlyTheDecodingEdgeKnowsTheSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..fromstream..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void ofTheSdkOnlyModelClassesAreUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk.services.dynamodb", "..streams", "..http..")
        .check(CLASSES);
  }

  @Test
  void nothingReadsAClock() {
    noClasses().should().callMethodWhere(READS_A_CLOCK).check(CLASSES);
  }

  @Test
  void packagesDoNotFormCycles() {
    slices().matching("dev.afterbay.transforms.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
