package dev.millwright.cli.node;

import dev.millwright.cli.command.Surroundings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `millwright node run` with nothing but options and their values, each once. It is read without
/// the library that reads all other command lines: the classes of that would stay in the memory of
/// an agent for days, and take 4 MB. One thread.
public final class PlainNodeRun {
    private static final List<String> COMMAND = List.of("node", "run");
    private static final String SWITCH = "--no-plugins";

    private final NodeRunCommand command;

    private PlainNodeRun(NodeRunCommand command) {
        this.command = command;
    }

    /// Empty for every other command, and for what is not that plain: a wish for help, a mistake.
    public static Optional<PlainNodeRun> of(Surroundings around, List<String> words) {
        return command(around, words).map(PlainNodeRun::new);
    }

    /// Work as a node; gives the exit code.
    public int run() throws InterruptedException {
        return command.call();
    }

    /// The command with its options.
    static Optional<NodeRunCommand> command(Surroundings around, List<String> words) {
        if (words.size() < COMMAND.size() || !words.subList(0, COMMAND.size()).equals(COMMAND)) {
            return Optional.empty();
        }
        NodeRunCommand command = new NodeRunCommand(around);
        Set<String> seen = new HashSet<>();
        int at = COMMAND.size();
        while (at < words.size()) {
            String word = words.get(at++);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (equals < 0 && at < words.size() && !words.get(at).startsWith("-")) {
                value = words.get(at++);
            } else if (word.equals(SWITCH)) {
                value = "true";
            }
            if (!isPlain(value) || !seen.add(name) || !command.set(name, value)) {
                return Optional.empty();
            }
        }
        return Optional.of(command);
    }

    /// Not missing, no option itself, and no file with more words.
    private static boolean isPlain(String value) {
        return !value.isBlank() && !value.startsWith("-") && !value.startsWith("@");
    }
}
