package dev.millwright.testkit;

import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import java.nio.file.Path;

/// A small plugin with a webhook trigger, an exporter and a format, as a user could write it.
final class SamplePlugin {
    private SamplePlugin() {}

    static Path build(Path folder) {
        return PluginBuilder.of(folder, "sample", "1.0.0")
                .extension(Point.WEBHOOK, WEBHOOK)
                .extension(Point.EXPORTER, EXPORTER)
                .extension(Point.FORMAT, FORMAT)
                .jar(folder.resolve("target/sample.jar"));
    }

    private static final String WEBHOOK =
            """
            package sample;
            import dev.millwright.plugin.*;
            import dev.millwright.plugin.trigger.RunRequest;
            import dev.millwright.plugin.webhook.*;
            public final class TokenHook implements WebhookTrigger<TokenHook.Hook> {
                public record Hook(Secret token, @Default("main") String branch) {}
                public String kind() { return "token"; }
                public Class<Hook> configuration() { return Hook.class; }
                public Verification verify(WebhookRequest request, Hook hook) {
                    return hook.token().matches(request.header("X-Token").orElse(""))
                            ? new Verification.Accepted(request.header("X-Id").orElse(""), "push")
                            : Verification.refused();
                }
                public Interpretation interpret(StoredDelivery delivery, Hook hook) {
                    String ref = delivery.body().text();
                    return ref.startsWith("refs/heads/")
                            ? Interpretation.run(RunRequest.of("push").ref(ref).build())
                            : new Interpretation.Rejected("the body is no ref");
                }
            }
            """;

    private static final String EXPORTER =
            """
            package sample;
            import dev.millwright.plugin.*;
            import dev.millwright.plugin.export.*;
            import java.nio.file.*;
            public final class FileExporter implements Exporter<FileExporter.Settings> {
                public record Settings(Path folder) {}
                public String kind() { return "file"; }
                public Class<Settings> configuration() { return Settings.class; }
                public Sent export(Export export, Settings settings) {
                    try {
                        if (export.cursor().isEmpty()) { return new Sent.Partly("1"); }
                        Files.writeString(settings.folder().resolve(export.id().replace('/', '-')), export.run().address());
                        return Sent.DONE;
                    } catch (java.io.IOException missing) {
                        return new Sent.Later("cannot write: " + missing, java.time.Duration.ZERO);
                    }
                }
            }
            """;

    private static final String FORMAT =
            """
            package sample;
            import dev.millwright.model.Parameters;
            import dev.millwright.plugin.NoConfiguration;
            import dev.millwright.plugin.format.*;
            import java.util.*;
            public final class LinesFormat implements PipelineFormat<NoConfiguration> {
                public String kind() { return "lines"; }
                public Class<NoConfiguration> configuration() { return NoConfiguration.class; }
                public List<String> files() { return List.of("build.lines"); }
                public FormatResult read(PipelineFile file, NoConfiguration none) {
                    String text = file.content().text();
                    if (!text.startsWith("run ")) {
                        return new FormatResult.Invalid(List.of(new FormatResult.Fault(1, 1, "a line begins with 'run'")));
                    }
                    return new FormatResult.Read(new Parameters(Map.of("steps", List.of(
                            Map.of("name", "line", "commands", List.of(text.substring(4).strip()))))), List.of());
                }
            }
            """;
}
