package dev.millwright.cli.plugin;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright plugin new`.
@Command(
        name = "new",
        description =
                "Write the project of a new plugin into the folder NAME: it builds with Maven, and its "
                        + "contract test passes.")
final class PluginNewCommand extends BaseCommand {
    /// What the plugin extends.
    enum Kind {
        WEBHOOK,
        POLL,
        RUNNER,
        EXPORTER,
        NOTIFIER,
        SECRET_STORE,
        SCM,
        FORMAT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and '-'")
    private String name = "";

    @Option(
            names = "--point",
            paramLabel = "POINT",
            description = "${COMPLETION-CANDIDATES} (default: webhook)")
    private Kind point = Kind.WEBHOOK;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The Java package (default: com.example)")
    private String javaPackage = "com.example";

    PluginNewCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 40) {
            throw CliException.usage(
                    "'%s' is no name for a plugin: lower-case letters, digits and '-'"
                            .formatted(name));
        }
        if (!javaPackage.matches("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*")) {
            throw CliException.usage("'%s' is no Java package".formatted(javaPackage));
        }
        Path folder = around.directory().resolve(name);
        if (Files.exists(folder)) {
            throw CliException.usage("%s is there already".formatted(folder));
        }
        PluginProject project = new PluginProject(name, point.toString(), javaPackage);
        try {
            write(folder, project);
        } catch (IOException refused) {
            throw new CliException(
                    ExitCode.NOT_ALLOWED,
                    "%s cannot be written: %s".formatted(folder, refused.getMessage()),
                    refused);
        }
        terminal().line("%s is written. What comes next:".formatted(folder));
        terminal().line("  cd %s && mvn verify".formatted(name));
        terminal()
                .line(
                        "it needs Millwright's own libraries: 'mvn -DskipTests install' in a checkout of Millwright puts them where Maven looks");
        terminal().line("  millwright plugin install target/%s-1.0.0.jar".formatted(name));
        return ExitCode.OK;
    }

    private static void write(Path folder, PluginProject project) throws IOException {
        for (PluginProject.File file : project.files()) {
            Path target = folder.resolve(file.path());
            Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(folder));
            Files.writeString(target, file.text());
        }
    }
}
