package dev.afterbay.sinks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.afterbay.sinks");

  /** The records of neighbours in which the core speaks. */
  private static final Set<String> CORE_VOCABULARY =
      Set.of(
          "CommitPlace",
          "Span",
          "Tallies",
          "Tally",
          "StagedFile",
          "StagedUpload",
          "UploadedPart",
          "UploadId",
          "ObjectKey");

  private static final DescribedPredicate<JavaClass> MAY_BE_USED_BY_THE_CORE =
      describe(
          "the pure vocabulary",
          used -> {
            String name = used.getPackageName();
            boolean answer =
                used.getFullName().matches(".*\\.tostorage\\.(Put|Complete)Answer(\\$.*)?");
            return name.startsWith("java.lang") && !used.isAssignableTo(Thread.class)
                || "java.util".equals(name)
                || name.startsWith("java.util.function")
                || name.startsWith("java.util.stream")
                || name.startsWith("java.time")
                    && !used.isAssignableTo(Clock.class)
                    && !used.isAssignableTo(InstantSource.class)
                || name.startsWith("org.jspecify")
                || name.startsWith("dev.afterbay.transforms.change")
                || name.startsWith("dev.afterbay.transforms.ordering")
                || "dev.afterbay.sinks.commit.protocol".equals(name)
                || name.startsWith("dev.afterbay.sinks.")
                    && (answer || CORE_VOCABULARY.contains(used.getSimpleName()))
                || used.isPrimitive()
                || used.isArray();
          });

  private static final DescribedPredicate<JavaMethodCall> TOUCHES_THE_OUTSIDE =
      describe(
          "it reads a clock, prints, waits or draws lots",
          call -> {
            String owner = call.getTargetOwner().getName();
            String method = call.getTarget().getName();
            return owner.startsWith("java.time.") && "now".equals(method)
                || "java.lang.System".equals(owner)
                || "java.lang.Math".equals(owner) && "random".equals(method)
                || "randomUUID".equals(method);
          });

  @Test
  void theCommitCoreKnowsOnlyValues() {
    classes()
        .that()
        .resideInAPackage("..commit.protocol")
        .should()
        .onlyDependOnClassesThat(MAY_BE_USED_BY_THE_CORE)
        .check(CLASSES);
  }

  @Test
  void theCommitCoreHasNoClockNoChanceAndNoOutput() {
    noClasses()
        .that()
        .resideInAPackage("..commit.protocol")
        .should()
        .callMethodWhere(TOUCHES_THE_OUTSIDE)
        .check(CLASSES);
  }

  @Test
  void onlyTheEdgesKnowTheSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..tostorage..", "..tocatalog..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void onlyTheParquetEdgeKnowsParquet() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..toparquet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.parquet..", "com.github.luben..")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsHadoop() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hadoop..")
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
    slices().matching("dev.afterbay.sinks.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
