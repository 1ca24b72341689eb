package dev.millwright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completion scripts for the shells that picocli knows nothing of. Pure.
final class CompletionScripts {
    private CompletionScripts() {}

    static String fish(CommandSpec root) {
        StringBuilder text = new StringBuilder("# fish completion for millwright\n");
        text.append("complete -c millwright -f\n");
        root.subcommands()
                .forEach((name, command) -> {
                    text.append(
                            "complete -c millwright -n __fish_use_subcommand -a %s -d %s\n"
                                    .formatted(name, quoted(about(command))));
                    options(command).forEach(o -> text.append(fish(name, o)));
                    words(command).forEach(word -> text.append(fish(name, word)));
                });
        return text.toString();
    }

    private static String fish(String command, String word) {
        return "complete -c millwright -n %s -a %s\n"
                .formatted(quoted("__fish_seen_subcommand_from " + command), word);
    }

    private static String fish(String command, OptionSpec option) {
        StringBuilder line = new StringBuilder("complete -c millwright -n ");
        line.append(quoted("__fish_seen_subcommand_from " + command));
        for (String name : option.names()) {
            line.append(
                    name.startsWith("--")
                            ? " -l " + name.substring(2)
                            : " -s " + name.substring(1));
        }
        boolean value = option.arity().max() > 0;
        boolean file = value && option.paramLabel().contains("FILE");
        List<String> words = words(option);
        return line.append(file ? " -r -F" : value ? " -x" : "")
                .append(words.isEmpty() ? "" : " -a " + quoted(String.join(" ", words)))
                .append(" -d ")
                .append(quoted(String.join(" ", option.description())))
                .append('\n')
                .toString();
    }

    static String pwsh(CommandSpec root) {
        List<String> entries = new ArrayList<>();
        root.subcommands()
                .forEach((name, command) -> {
                    Stream<String> options =
                            options(command).stream().flatMap(o -> Stream.of(o.names()));
                    List<String> choices =
                            Stream.concat(words(command).stream(), options)
                                    .map(choice -> "'" + choice + "'")
                                    .toList();
                    entries.add("    '%s' = @(%s)".formatted(name, String.join(", ", choices)));
                });
        return """
        # PowerShell completion for millwright
        $millwrightCommands = [ordered]@{
        %s
        }
        Register-ArgumentCompleter -Native -CommandName millwright -ScriptBlock {
            param($word, $ast, $position)
            $words = @($ast.CommandElements | ForEach-Object { $_.ToString() })
            $command = $words | Select-Object -Skip 1 | Where-Object { $millwrightCommands.Contains($_) } | Select-Object -First 1
            $choices = if ($command -and $command -ne $word) { $millwrightCommands[$command] } else { $millwrightCommands.Keys }
            $choices | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """
                .formatted(String.join("\n", entries));
    }

    private static List<OptionSpec> options(CommandLine command) {
        return command.getCommandSpec().options().stream().filter(o -> !o.hidden()).toList();
    }

    /// What may be written behind the command itself.
    private static List<String> words(CommandLine command) {
        return command.getCommandSpec().positionalParameters().stream()
                .flatMap(parameter -> words(parameter).stream())
                .toList();
    }

    private static List<String> words(ArgSpec place) {
        Iterable<String> known = place.completionCandidates();
        List<String> words = new ArrayList<>();
        if (known != null) {
            known.forEach(words::add);
        }
        return words;
    }

    private static String about(CommandLine command) {
        return String.join(" ", command.getCommandSpec().usageMessage().description());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
