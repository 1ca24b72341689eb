package dev.millwright.cli;

import dev.millwright.engine.schema.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line that cannot be understood.
///
/// @param suggestion what was perhaps meant; may be empty
record Misuse(String message, String suggestion) {

    static Misuse of(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        Optional<String> option = unknownOption(command);
        if (option.isPresent()) {
            // The words behind it are taken for parameters: what is wrong with those misleads.
            Set<String> known = command.getCommandSpec().optionsMap().keySet();
            if (command.getParent() == null && GlobalOptions.has(option.get())) {
                return new Misuse(
                        "behind '%s' there has to be a value, and then a command"
                                .formatted(option.get()),
                        "");
            }
            String near = Suggestions.didYouMean(option.get(), known);
            return new Misuse(
                    "there is no option '%s'".formatted(option.get()),
                    near.isEmpty() && command.getCommandName().equals("up")
                            ? "if it is a setting of the server, write it behind '--': millwright up ... -- "
                                    + unknownWords(command).findFirst().orElse(option.get())
                            : near);
        }
        if (command.getParent() == null
                && problem instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            String near = suggestion(unmatched);
            return new Misuse(
                    "there is no command '%s'".formatted(word),
                    near.isEmpty()
                            ? Suggestions.didYouMean(word, command.getSubcommands().keySet())
                            : near);
        }
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return new Misuse(
                    "'%s' is one word too many".formatted(unmatched.getUnmatched().getFirst()),
                    // Its line is long, and printed on another machine
                    command.getCommandName().equals("join")
                            ? "was the line pasted whole? A value belongs behind each option"
                            : "");
        }
        ArgSpec place = problem.getArgSpec();
        String value = problem.getValue();
        return place != null && value != null && place.type().isEnum()
                ? notAWord(command, place, value)
                : new Misuse(String.valueOf(problem.getMessage()).replaceFirst("^Error: ", ""), "");
    }

    private static Optional<String> unknownOption(CommandLine command) {
        return unknownWords(command).map(word -> word.replaceFirst("=.*", "")).findFirst();
    }

    private static Stream<String> unknownWords(CommandLine command) {
        return command.getUnmatchedArguments().stream()
                .filter(word -> word.startsWith("-") && word.length() > 1);
    }

    private static String suggestion(UnmatchedArgumentException unmatched) {
        List<String> close =
                unmatched.getSuggestions().stream().limit(2).map(text -> "'" + text + "'").toList();
        return close.isEmpty() ? "" : "did you mean " + String.join(" or ", close) + "?";
    }

    private static Misuse notAWord(CommandLine command, ArgSpec place, String value) {
        String name = place instanceof OptionSpec option ? option.longestName() + " " : "";
        List<String> known = new ArrayList<>();
        place.completionCandidates().forEach(known::add);
        if (place.isPositional()) {
            known.addAll(place.command().subcommands().keySet());
        }
        return new Misuse(
                "%s'%s' is unknown; known are %s".formatted(name, value, String.join(", ", known)),
                value.contains("#") && known.contains("show")
                        ? "did you mean: %s show %s"
                                .formatted(command.getCommandSpec().qualifiedName(), value)
                        : Suggestions.didYouMean(value, known));
    }
}
