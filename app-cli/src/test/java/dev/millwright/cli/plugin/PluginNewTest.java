package dev.millwright.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import dev.millwright.host.PluginStatus;
import dev.millwright.testkit.PluginUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The projects of new plugins; that Maven builds them is tested with the whole system.
final class PluginNewTest {
    @TempDir Path folder;

    private Cli.Result make(String... more) {
        List<String> arguments = new ArrayList<>(List.of("plugin", "new"));
        arguments.addAll(List.of(more));
        return new Cli().in(folder).run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "webhook, WebhookTrigger",
        "poll, PollingTrigger",
        "runner, Runner",
        "exporter, Exporter",
        "notifier, Notifier",
        "secret-store, SecretStore",
        "scm, ScmProvider",
        "format, PipelineFormat"
    })
    void aNewProjectCompilesWithoutAWarningAndItsPluginLoads(String point, String offers)
            throws Exception {
        Cli.Result result = make("team-chat", "--point", point, "--package", "org.mill.ci");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("cd team-chat && mvn verify");
        Path project = folder.resolve("team-chat");
        Path classes = compiled(project);
        try (PluginUnderTest plugin = PluginUnderTest.of(packed(project, classes))) {
            PluginStatus status = plugin.status();
            assertThat(status.id()).isEqualTo("team-chat");
            assertThat(status.version()).isEqualTo("1.0.0");
            assertThat(status.requires()).isEqualTo(">=0.1.0 & <0.2.0");
            assertThat(status.extensions())
                    .extracting(PluginStatus.Offer::point, PluginStatus.Offer::kind)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(offers, "team-chat"));
        }
    }

    @Test
    void namesThatCannotBeUsedAreToldAndNothingIsOverwritten() throws IOException {
        assertThat(make("Team").err()).contains("'Team' is no name for a plugin");
        assertThat(make("team", "--package", "9x").err()).contains("'9x' is no Java package");
        Files.createDirectory(folder.resolve("there"));
        assertThat(make("there").err()).contains("is there already");
        assertThat(make("there").code()).isEqualTo(2);
    }

    /// Main classes alone, after the tests were compiled with them.
    private static Path compiled(Path project) throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        Path tests = Files.createDirectories(project.resolve("target/test-classes"));
        String path = System.getProperty("java.class.path");
        compile(project.resolve("src/main/java"), classes, path);
        compile(
                project.resolve("src/test/java"),
                tests,
                classes + java.io.File.pathSeparator + path);
        return classes;
    }

    private static void compile(Path sources, Path target, String classPath) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-proc:none",
                                "-Xlint:all,-path,-classfile,-processing",
                                "-Werror",
                                "-d",
                                target.toString(),
                                "-cp",
                                classPath));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, told, told, arguments.toArray(String[]::new));
        assertThat(code).as(told.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void theBuildUsesTheVersionsOfMillwrightsOwn() throws IOException {
        assertThat(make("team-chat", "--point", "webhook", "--package", "org.example.ci").code())
                .isZero();
        String own = Files.readString(Path.of("..", "pom.xml"));
        String written = Files.readString(folder.resolve("team-chat/pom.xml"));
        assertThat(version(written, "maven-resources-plugin"))
                .isEqualTo(version(own, "maven-resources-plugin"));
        assertThat(version(written, "maven-surefire-plugin"))
                .isEqualTo(version(own, "maven-surefire-plugin"));
        assertThat(own)
                .contains(
                        "<protobuf.version>%s</protobuf.version>"
                                .formatted(version(written, "protobuf-java")));
    }

    private static String version(String pom, String artifact) {
        Matcher found =
                Pattern.compile(
                                "<artifactId>%s</artifactId>\\s*<version>(.*?)</version>"
                                        .formatted(artifact))
                        .matcher(pom);
        assertThat(found.find()).as(artifact).isTrue();
        return found.group(1);
    }

    /// As the jar plugin does it: with the entries that the project names.
    private static Path packed(Path project, Path classes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Matcher entries =
                Pattern.compile("<(Plugin-\\w+)>(.*)</")
                        .matcher(Files.readString(project.resolve("pom.xml")));
        while (entries.find()) {
            manifest.getMainAttributes()
                    .putValue(
                            entries.group(1),
                            entries.group(2)
                                    .replace("&gt;", ">")
                                    .replace("&lt;", "<")
                                    .replace("&amp;", "&")
                                    .replace("${project.version}", "1.0.0"));
        }
        Path jar = project.resolve("target/team-chat-1.0.0.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest)) {
            for (Path root : List.of(classes, project.resolve("src/main/resources"))) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        packed.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                        packed.write(Files.readAllBytes(file));
                        packed.closeEntry();
                    }
                }
            }
        }
        return jar;
    }
}
