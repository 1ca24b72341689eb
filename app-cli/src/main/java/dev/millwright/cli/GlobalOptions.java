package dev.millwright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The options that people of other tools write before the command, as in `millwright --server URL
/// runs`. They belong to the commands; here they are only moved there.
final class GlobalOptions {
    private static final Set<String> WITH_VALUE =
            Set.of("--server", "--key", "--context", "-n", "--namespace");

    private static final String FLAG = "--debug";

    private GlobalOptions() {}

    /// The same arguments with the command in front; unchanged when no command follows the options.
    static List<String> behindTheCommand(List<String> arguments, Predicate<String> isCommand) {
        int at = 0;
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
        if (at >= arguments.size() || !isCommand.test(arguments.get(at))) {
            return arguments;
        }
        List<String> moved = new ArrayList<>();
        moved.add(arguments.get(at));
        moved.addAll(arguments.subList(0, at));
        moved.addAll(arguments.subList(at + 1, arguments.size()));
        return moved;
    }

    static boolean has(String option) {
        return WITH_VALUE.contains(option);
    }

    private static boolean isWithItsValue(String word) {
        return WITH_VALUE.contains(word.replaceFirst("=.*", "")) && word.contains("=");
    }
}
