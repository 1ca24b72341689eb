package dev.millwright.cli.local;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.command.TextFile;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.engine.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `millwright lint`.
@Command(
        name = "lint",
        description = "Check pipeline files, without a server; exit code 1 when something is wrong")
public final class LintCommand extends BaseCommand {
    private static final String INPUT = "(input)";

    @Parameters(
            paramLabel = "FILE|DIR|-",
            arity = "0..*",
            description = "Default: .millwright.yaml or .millwright/*.yaml")
    private List<String> files = new ArrayList<>();

    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private FormatOptions plugins = new FormatOptions();

    /// One problem, for programs.
    ///
    /// @param line from 1; 0 when the problem is that of the whole file, as is the column
    /// @param suggestion what to do about it; may be empty
    private record Found(String file, int line, int column, String message, String suggestion) {
        static Found of(Problem problem) {
            return new Found(
                    problem.mark().file(),
                    problem.mark().line(),
                    problem.mark().column(),
                    problem.message(),
                    problem.suggestion());
        }
    }

    public LintCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (LocalFormats formats = plugins.formats(around.directory())) {
            return check(wanted(formats), formats);
        }
    }

    private int check(List<PipelineFile> wanted, LocalFormats formats) {
        List<Problem> problems = new ArrayList<>();
        for (PipelineFile file : wanted) {
            PipelineFile.Linted linted = file.lint(formats);
            linted.warnings().forEach(terminal()::note);
            List<Problem> found = linted.problems();
            problems.addAll(found);
            if (output.format() == OutputOptions.Format.TABLE) {
                print(file, found);
            }
        }
        switch (output.format()) {
            case TABLE -> count(problems.size(), wanted.size());
            case JSON, YAML ->
                    output.one(terminal(), problems.stream().map(Found::of).toList(), () -> {}, "");
            case NAME ->
                    problems.stream()
                            .map(problem -> problem.mark().file())
                            .distinct()
                            .forEach(terminal()::line);
        }
        return problems.isEmpty() ? ExitCode.OK : ExitCode.RUN_FAILED;
    }

    private List<PipelineFile> wanted(LocalFormats formats) {
        if (files.isEmpty()) {
            return PipelineFile.usual(around.directory(), formats);
        }
        return files.stream().flatMap(name -> named(name, formats).stream()).toList();
    }

    private List<PipelineFile> named(String name, LocalFormats formats) {
        Path here = around.directory();
        if (name.equals("-")) {
            return List.of(new PipelineFile(here, INPUT, input()));
        }
        if (!Files.isDirectory(here.resolve(name))) {
            return List.of(new PipelineFile(here, name));
        }
        return PipelineFile.usual(here.resolve(name).normalize(), formats).stream()
                .map(file -> Path.of(name).resolve(file.name()).normalize().toString())
                .map(file -> new PipelineFile(here, file))
                .toList();
    }

    private String input() {
        try {
            return TextFile.text(INPUT, around.in().readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void print(PipelineFile file, List<Problem> problems) {
        if (problems.isEmpty()) {
            terminal()
                    .line(
                            Line.of(Style.GREEN, terminal().symbols().success())
                                    .add(" " + file.name()));
        }
        problems.forEach(problem -> print(terminal(), around.directory(), problem));
    }

    private void count(int problems, int files) {
        if (problems > 0) {
            terminal()
                    .note(
                            "%d %s in %d %s"
                                    .formatted(
                                            problems,
                                            problems == 1 ? "problem" : "problems",
                                            files,
                                            files == 1 ? "file" : "files"));
        }
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
