package dev.millwright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The options that people of other tools write before the command, as in `millwright --server URL
/// runs`. They belong to the commands; here they are only moved there.
final class GlobalOptions {
    private static final Set<String> WITH_VALUE =
            Set.of("--server", "--key", "--context", "-n", "--namespace");

    private static final String FLAG = "--debug";

    private GlobalOptions() {}

    /// The same arguments with the command in front; unchanged when no command follows the options.
    static List<String> behindTheCommand(List<String> arguments, Predicate<String> isCommand) {
        int at = end(arguments, 0);
        return at < arguments.size() && isCommand.test(arguments.get(at))
                ? moved(arguments, 0, at)
                : arguments;
    }

    /// The same with the commands of the command in front of the options, too: those of `millwright
    /// --server URL node list` would be its own and not the list's.
    static List<String> behindAllCommands(List<String> arguments, CommandLine line) {
        List<String> words = arguments;
        @Nullable CommandLine command = line;
        for (int depth = 0; command != null; depth++) {
            int at = end(words, depth);
            command = at < words.size() ? command.getSubcommands().get(words.get(at)) : null;
            if (command != null) {
                words = moved(words, depth, at);
            }
        }
        return words;
    }

    /// The first word behind the global options that begin there.
    private static int end(List<String> arguments, int from) {
        int at = from;
        while (at < arguments.size()) {
            String word = arguments.get(at);
            if (WITH_VALUE.contains(word)) {
                at += 2;
            } else if (word.equals(FLAG) || isWithItsValue(word)) {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    private static List<String> moved(List<String> words, int to, int at) {
        List<String> moved = new ArrayList<>(words);
        moved.add(to, moved.remove(at));
        return moved;
    }

    static boolean has(String option) {
        return WITH_VALUE.contains(option);
    }

    private static boolean isWithItsValue(String word) {
        return WITH_VALUE.contains(word.replaceFirst("=.*", "")) && word.contains("=");
    }
}
