package dev.millwright.formats;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a node executes: a program and its arguments, in which `$NAME` and `${NAME}` stand for
/// variables of the environment. One that is not set stays as it is written.
final class BassCommand {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})");

    private BassCommand() {}

    /// Note the program in the step.
    static void put(Made step, List<Placed.Scalar> words, Keys keys) {
        List<String> texts = words.stream().map(Placed.Scalar::text).toList();
        if (keys.value("exec").filter(Placed.Fields.class::isInstance).isPresent()) {
            // That it is a map has been told
            return;
        }
        if (texts.isEmpty() || texts.getFirst().isBlank()) {
            keys.faults().add(keys.place("exec"), "%s: 'exec' is empty".formatted(keys.owner()));
        } else if (texts.stream().anyMatch(text -> VARIABLE.matcher(text).find())) {
            // Only a shell knows the variables
            String line =
                    "exec " + String.join(" ", texts.stream().map(BassCommand::quoted).toList());
            step.put("commands", List.of(line), keys.place("exec"));
        } else {
            step.put("exec", texts.stream().map(Literal::of).toList(), keys.place("exec"));
        }
    }

    private static String quoted(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        Matcher variable = VARIABLE.matcher(word);
        int end = 0;
        while (variable.find()) {
            String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
            quoted.append(escaped(word.substring(end, variable.start())))
                    .append("${%s-\\$%<s}".formatted(name));
            end = variable.end();
        }
        return quoted.append(escaped(word.substring(end))).append('"').toString();
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\\"$`]", "\\\\$0");
    }
}
