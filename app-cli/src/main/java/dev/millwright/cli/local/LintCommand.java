package dev.millwright.cli.local;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `millwright lint`.
@Command(
        name = "lint",
        description = "Check pipeline files, without a server; exit code 1 when something is wrong")
public final class LintCommand extends BaseCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Default: .millwright.yaml or .millwright/*.yaml")
    private List<String> files = new ArrayList<>();

    public LintCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        List<PipelineFile> wanted =
                files.isEmpty()
                        ? PipelineFile.usual(around.directory())
                        : files.stream()
                                .map(name -> new PipelineFile(around.directory(), name))
                                .toList();
        int problems = 0;
        for (PipelineFile file : wanted) {
            problems += check(file);
        }
        if (problems > 0) {
            terminal()
                    .note(
                            "%d %s in %d %s"
                                    .formatted(
                                            problems,
                                            problems == 1 ? "problem" : "problems",
                                            wanted.size(),
                                            wanted.size() == 1 ? "file" : "files"));
        }
        return problems == 0 ? ExitCode.OK : ExitCode.RUN_FAILED;
    }

    private int check(PipelineFile file) {
        return switch (file.read()) {
            case ReadResult.Read _ -> {
                terminal()
                        .line(
                                Line.of(Style.GREEN, terminal().symbols().success())
                                        .add(" " + file.name()));
                yield 0;
            }
            case ReadResult.Invalid(List<Problem> problems) -> {
                problems.forEach(problem -> print(terminal(), around.directory(), problem));
                yield problems.size();
            }
        };
    }

    static void print(
            dev.millwright.cli.terminal.Terminal terminal, Path directory, Problem problem) {
        terminal.lines(
                ProblemReport.lines(problem, name -> lines(directory, name), terminal.symbols()));
    }

    private static List<String> lines(Path directory, String name) {
        try {
            return Files.readString(directory.resolve(name)).lines().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
