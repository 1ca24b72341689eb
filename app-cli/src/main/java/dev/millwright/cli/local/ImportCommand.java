package dev.millwright.cli.local;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.command.YamlText;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.format.ForeignFile;
import dev.millwright.host.format.Translation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright import`.
@Command(
        name = "import",
        description = {
            "Print what a pipeline file of another system means, as a .millwright.yaml.",
            "What has no counterpart is told and left out."
        })
public final class ImportCommand extends BaseCommand {
    @Parameters(paramLabel = "FILE", description = "Such as narwhal.yml or pipelines.json")
    private String file = "";

    @Option(
            names = "--pipeline",
            paramLabel = "NAME",
            description = "Which one, when the file holds several")
    private String pipeline = "";

    @Mixin private FormatOptions plugins = new FormatOptions();

    public ImportCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        PipelineFile source = new PipelineFile(around.directory(), file);
        String text = source.text();
        try (LocalFormats formats = plugins.formats(around.directory())) {
            ForeignFile foreign =
                    formats.named(file)
                            .orElseThrow(() ->
                                    CliException.usage(
                                            "no plugin reads files named '%s'; name one with --plugin"
                                                    .formatted(source.path().getFileName())));
            Translation read = formats.read(foreign, text, pipeline, source.includes());
            return print(read, source);
        }
    }

    private int print(Translation read, PipelineFile source) {
        switch (source.placed(read.result(), List.of(file))) {
            case ReadResult.Invalid(List<Problem> problems) -> {
                problems.forEach(
                        problem -> LintCommand.print(terminal(), around.directory(), problem));
                return ExitCode.RUN_FAILED;
            }
            case ReadResult.Read _ -> {
                read.warnings().forEach(warning -> terminal().note(file + ", " + warning));
                YamlText.of(read.pipeline().values()).lines().forEach(terminal()::line);
                return ExitCode.OK;
            }
        }
    }
}
