package dev.weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Packages follow a record's path, and each knows only what lies behind it. */
class PackageOrderTest {
    /** Values of the API that every package may speak of. */
    private static final Set<String> VOCABULARY = Set.of(
            "BreakerPolicy",
            "BreakerState",
            "Context",
            "Level",
            "OverflowPolicy",
            "QueueWait",
            "SeverityRouter",
            "TraceContext");

    private final JavaClasses classes =
            new ClassFileImporter().withImportOption(PackageOrderTest::isMain).importPath(Path.of("target", "classes"));

    private static boolean isMain(Location location) {
        return new ImportOption.DoNotIncludeTests().includes(location) && !location.contains("module-info");
    }

    @Test
    void packagesKnowOnlyWhatLiesBehindThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("encoding")
                .definedBy("dev.weir.internal.record..")
                .layer("record")
                .definedBy("dev.weir.record..")
                .layer("filter")
                .definedBy("dev.weir.filter..")
                .layer("format")
                .definedBy("dev.weir.format..")
                .layer("handler")
                .definedBy("dev.weir.handler..")
                .layer("journal")
                .definedBy("dev.weir.internal.journal..")
                .layer("emit")
                .definedBy("dev.weir.internal.emit..")
                .layer("thread")
                .definedBy("dev.weir.internal.thread..")
                .layer("diagnostics")
                .definedBy("dev.weir.internal.diagnostics..")
                .layer("drain")
                .definedBy("dev.weir.internal.drain..")
                .layer("pipeline")
                .definedBy("dev.weir.internal.pipeline..")
                .layer("api")
                .definedBy(api())
                .whereLayer("encoding")
                .mayOnlyBeAccessedByLayers("record", "filter", "format", "journal", "emit", "drain", "pipeline", "api")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("filter", "format", "handler", "drain", "pipeline")
                .whereLayer("filter")
                .mayOnlyBeAccessedByLayers("emit", "drain", "pipeline", "api")
                .whereLayer("format")
                .mayOnlyBeAccessedByLayers("handler", "drain", "api")
                .whereLayer("handler")
                .mayOnlyBeAccessedByLayers("drain", "pipeline", "api")
                .whereLayer("journal")
                .mayOnlyBeAccessedByLayers("emit", "drain", "pipeline", "api")
                .whereLayer("emit")
                .mayOnlyBeAccessedByLayers("drain", "pipeline", "api")
                .whereLayer("thread")
                .mayOnlyBeAccessedByLayers("handler", "diagnostics", "drain", "pipeline", "api")
                .whereLayer("diagnostics")
                .mayOnlyBeAccessedByLayers("drain", "pipeline", "api")
                .whereLayer("drain")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void theCoreDependsOnNothingButTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.weir..", "java..", "javax.management..", "jdk.jfr..", "org.jspecify.annotations")
                .check(classes);
    }

    @Test
    void noPublicMethodOfTheApiShowsAnInternalType() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(exported())
                .should()
                .notHaveRawReturnType(internal())
                .andShould()
                .notHaveRawParameterTypes(DescribedPredicate.anyElementThat(internal()))
                .check(classes);
    }

    @Test
    void nothingUsesUnsafe() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("sun.misc..")
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> api() {
        return DescribedPredicate.describe(
                "the API",
                type -> (type.getPackageName().equals("dev.weir")
                                || type.getPackageName().equals("dev.weir.spi"))
                        && !VOCABULARY.contains(outermost(type)));
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        int inner = name.indexOf('$');
        return inner < 0 ? name : name.substring(0, inner);
    }

    private static DescribedPredicate<JavaClass> exported() {
        return DescribedPredicate.describe(
                "exported", type -> !type.getPackageName().contains("internal") && isPublic(type));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static DescribedPredicate<JavaClass> internal() {
        return DescribedPredicate.describe(
                "internal", type -> type.getPackageName().contains(".internal."));
    }
}
