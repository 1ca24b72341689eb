package dev.millwright.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Which module may import which, and which library is used where. A rule that matches nothing
/// fails: it would guard a door that has moved.
@Tag("house")
final class ArchitectureTest {

    /// Each module, the one root package that its classes live in, and the modules it may import.
    private static final List<Module> MODULES =
            List.of(
                    module("model", "dev.millwright.model").imports(),
                    module("plugin-api", "dev.millwright.plugin").imports("model"),
                    module("engine", "dev.millwright.engine").imports("model", "plugin-api"),
                    module("plugin-host", "dev.millwright.host")
                            .imports("model", "plugin-api", "engine"),
                    module("plugin-testkit", "dev.millwright.testkit")
                            .imports("model", "plugin-api", "engine", "plugin-host"),
                    module("api", "dev.millwright.api").imports("model"),
                    module("node-link", "dev.millwright.link").imports(),
                    module("app-node", "dev.millwright.node")
                            .imports("model", "plugin-api", "engine", "plugin-host", "node-link"),
                    module("app-server", "dev.millwright.server")
                            .imports(
                                    "model",
                                    "plugin-api",
                                    "engine",
                                    "plugin-host",
                                    "api",
                                    "node-link",
                                    "app-node"),
                    module("app-cli", "dev.millwright.cli")
                            .imports(
                                    "model",
                                    "plugin-api",
                                    "engine",
                                    "plugin-host",
                                    "api",
                                    "app-node"));

    /// Each library (`..`: with its subpackages) or class, and who may use it: packages, or ends of
    /// class names (`*Dao`). Every place must exist and every library must be used.
    private static final List<Library> LIBRARIES =
            List.of(
                    library("org.pf4j..").onlyIn("dev.millwright.host.load.."),
                    library("org.jobrunr..").onlyIn("dev.millwright.server.queue.."),
                    library("org.jdbi..")
                            .onlyIn("dev.millwright.server.store..", "*Dao", "*Store", "*Rows"),
                    library("org.flywaydb..").onlyIn("dev.millwright.server.store.."),
                    library("com.zaxxer.hikari..").onlyIn("dev.millwright.server.store.."),
                    library("org.eclipse.jetty..").onlyIn("dev.millwright.server.web.."),
                    library("org.eclipse.jgit..").onlyIn("dev.millwright.server.git.."),
                    library("org.bouncycastle..")
                            .onlyIn("dev.millwright.server.pki..", "dev.millwright.node.link.."),
                    library("io.grpc..")
                            .onlyIn(
                                    "dev.millwright.link..",
                                    "dev.millwright.node.link..",
                                    "dev.millwright.server.link.."),
                    library("dev.millwright.link..")
                            .onlyIn(
                                    "dev.millwright.link..",
                                    "dev.millwright.node.link..",
                                    "dev.millwright.server.link.."),
                    library("com.google.protobuf..")
                            .onlyIn(
                                    "dev.millwright.link..",
                                    "dev.millwright.node.link..",
                                    "dev.millwright.server.link..",
                                    "dev.millwright.server.telemetry.otlp.."),
                    library("oshi..").onlyIn("dev.millwright.node.facts.."),
                    library("com.cronutils..").onlyIn("dev.millwright.server.trigger.."),
                    library("org.snakeyaml..").onlyIn("dev.millwright.engine.yaml.."),
                    library("dev.cel..").onlyIn("dev.millwright.engine.expression.."),
                    library("picocli..").onlyIn("dev.millwright.cli.."),
                    library("ch.qos.logback..").onlyIn("dev.millwright.cli.log.."),
                    library("java.lang.Process")
                            .onlyIn(
                                    "dev.millwright.node.process..",
                                    "dev.millwright.cli.launch..",
                                    "dev.millwright.testkit.."),
                    library("java.lang.ProcessBuilder")
                            .onlyIn(
                                    "dev.millwright.node.process..",
                                    "dev.millwright.cli.launch..",
                                    "dev.millwright.testkit.."),
                    library("java.lang.ProcessHandle")
                            .onlyIn(
                                    "dev.millwright.node.process..",
                                    "dev.millwright.cli.launch.."));

    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.millwright");

    @ParameterizedTest(name = "{0}")
    @FieldSource("MODULES")
    void moduleHasClassesAndKeepsThemInItsRootPackage(Module module) {
        var classes = CLASSES.stream().filter(module::builds).toList();

        assertThat(classes).as("classes of %s", module.name()).isNotEmpty();
        assertThat(classes).allMatch(type -> module.rootOf(type), "lives in " + module.root());
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("MODULES")
    void moduleImportsOnlyWhatTheArrowsAllow(Module module) {
        var classes = CLASSES.stream().filter(module::rootOf).toList();
        var forbidden =
                MODULES.stream()
                        .filter(other -> !other.equals(module))
                        .filter(other -> !module.mayImport().contains(other.name()))
                        .toList();

        assertThat(classes).as("classes of %s", module.name()).isNotEmpty();
        assertThat(
                        dependencies(classes)
                                .filter(use ->
                                        forbidden.stream()
                                                .anyMatch(f -> f.rootOf(use.getTargetClass())))
                                .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void everyClassBelongsToAModule() {
        assertThat(CLASSES)
                .isNotEmpty()
                .allMatch(type -> MODULES.stream().anyMatch(module -> module.rootOf(type)));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("LIBRARIES")
    void libraryIsUsedWhereItMayBeAndNowhereElse(Library library) {
        var uses =
                dependencies(CLASSES.stream().toList())
                        .filter(use -> library.holds(use.getTargetClass()))
                        .toList();

        assertThat(uses).as("nobody uses %s: mend or drop the rule", library).isNotEmpty();
        assertThat(uses)
                .filteredOn(use -> !library.mayBeUsedBy(use.getOriginClass()))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("LIBRARIES")
    void everyPlaceThatMayUseALibraryExists(Library library) {
        assertThat(library.places())
                .allMatch(
                        place -> CLASSES.stream().anyMatch(type -> Library.matches(place, type)),
                        "matches a class");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.millwright.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /// Each of the two would be hundreds of classes more in the memory of every node: the library
    /// that binds JSON to records, and descriptors, which the code made from map fields needs.
    @Test
    void whatANodeLoadsStaysSmall() {
        noClasses()
                .that()
                .resideInAPackage("dev.millwright.node..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson.databind..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.millwright.link..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("com.google.protobuf.MapEntry")
                .check(CLASSES);
    }

    @Test
    void nothingReadsSerialisedObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        var cli = "dev.millwright.cli..";
        noClasses()
                .that()
                .resideOutsideOfPackage(cli)
                .and()
                // `millwright server` is a command too: it shows the key, and the configuration
                .doNotHaveFullyQualifiedName("dev.millwright.server.ServerMain")
                .should()
                .accessField(System.class, "out")
                .check(CLASSES);
        assertThat(CLASSES.stream().filter(type -> Library.matches(cli, type))).isNotEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        var packages =
                CLASSES.stream()
                        .map(JavaClass::getPackage)
                        // All of it is made from the protocol
                        .filter(one -> !one.getName().startsWith("dev.millwright.link."))
                        .collect(Collectors.toSet());

        assertThat(packages)
                .isNotEmpty()
                .allMatch(
                        one -> one.isAnnotatedWith(NullMarked.class),
                        "has a @NullMarked package-info");
    }

    private static Stream<Dependency> dependencies(List<JavaClass> classes) {
        return classes.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static Module module(String name, String root) {
        return new Module(name, root, Set.of());
    }

    private static Library library(String pattern) {
        return new Library(pattern, List.of());
    }

    record Module(String name, String root, Set<String> mayImport) {
        Module imports(String... modules) {
            return new Module(name, root, Set.of(modules));
        }

        boolean rootOf(JavaClass type) {
            return PackageMatcher.of(root + "..").matches(type.getPackageName());
        }

        /// Whether the class comes out of this module's jar or class folder.
        boolean builds(JavaClass type) {
            var place = type.getSource().orElseThrow().getUri().toString();
            return place.contains("/millwright-" + name + "-")
                    || place.contains("/" + name + "/target/classes/");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record Library(String pattern, List<String> places) {
        Library onlyIn(String... allowed) {
            return new Library(pattern, List.copyOf(Arrays.asList(allowed)));
        }

        boolean holds(JavaClass type) {
            return pattern.endsWith("..")
                    ? PackageMatcher.of(pattern).matches(type.getPackageName())
                    : outermost(type).getName().equals(pattern);
        }

        boolean mayBeUsedBy(JavaClass type) {
            return places.stream().anyMatch(place -> matches(place, type));
        }

        static boolean matches(String place, JavaClass type) {
            return place.startsWith("*")
                    ? outermost(type).getSimpleName().endsWith(place.substring(1))
                    : PackageMatcher.of(place).matches(type.getPackageName());
        }

        private static JavaClass outermost(JavaClass type) {
            return type.getEnclosingClass().map(Library::outermost).orElse(type);
        }

        @Override
        public String toString() {
            return pattern;
        }
    }
}
