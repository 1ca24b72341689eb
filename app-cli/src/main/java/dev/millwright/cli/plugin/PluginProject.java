package dev.millwright.cli.plugin;

import dev.millwright.plugin.PluginApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The files of a new plugin's project. Pure, but for the templates, which are resources.
///
/// @param point name of the templates, such as `webhook`
record PluginProject(String name, String point, String javaPackage) {
    private static final Map<String, Template> TEMPLATES =
            Map.of(
                    "webhook", new Template("Trigger", "webhook.WebhookTrigger"),
                    "poll", new Template("Poll", "poll.PollingTrigger"),
                    "runner", new Template("Runner", "runner.Runner"),
                    "exporter", new Template("Exporter", "export.Exporter"),
                    "notifier", new Template("Notifier", "notify.Notifier"),
                    "secret-store", new Template("Store", "secret.SecretStore"),
                    "scm", new Template("Forge", "scm.ScmProvider"),
                    "format", new Template("Format", "format.PipelineFormat"));

    /// What differs from point to point beside the sources.
    ///
    /// @param suffix of the extension's class
    /// @param point the interface, below `dev.millwright.plugin`
    private record Template(String suffix, String point) {}

    private Template template() {
        Template template = TEMPLATES.get(point);
        if (template == null) {
            throw new IllegalArgumentException("there is no template for " + point);
        }
        return template;
    }

    /// @param path from the project's folder
    record File(String path, String text) {}

    List<File> files() {
        String folder = javaPackage.replace('.', '/');
        return List.of(
                new File("pom.xml", filled("pom.xml")),
                new File("README.md", filled("README.md")),
                new File(".gitignore", "target/\n"),
                new File(
                        "src/main/java/%s/%s.java".formatted(folder, className()),
                        filled(point + ".java")),
                new File(
                        "src/main/resources/META-INF/services/dev.millwright.plugin."
                                + template().point(),
                        javaPackage + "." + className() + "\n"),
                new File(
                        "src/test/java/%s/%sContractIT.java".formatted(folder, className()),
                        filled(point + "-test.java")));
    }

    /// Such as `TeamChatNotifier`.
    String className() {
        return Arrays.stream(name.split("-", -1))
                        .map(word ->
                                word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining())
                + template().suffix();
    }

    private String filled(String template) {
        try (InputStream in = PluginProject.class.getResourceAsStream(template + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("the template %s is missing".formatted(template));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@NAME@", name)
                    .replace("@CLASS@", className())
                    .replace("@PACKAGE@", javaPackage)
                    .replace("@POINT@", point)
                    .replace("@API@", PluginApi.VERSION)
                    .replace("@NEXT@", nextApi())
                    .replace("@MILLWRIGHT@", PluginApi.VERSION + "-SNAPSHOT");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The first version that may not be compatible: the next minor one before 1.0, then the next
    /// major one.
    private static String nextApi() {
        String[] parts = PluginApi.VERSION.split("\\.", -1);
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        return major == 0 ? "0.%d.0".formatted(minor + 1) : "%d.0.0".formatted(major + 1);
    }
}
