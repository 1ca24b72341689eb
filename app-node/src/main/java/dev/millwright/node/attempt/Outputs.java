package dev.millwright.node.attempt;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.node.NodeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what a step publishes: lines `key=value` (or `key<<END` ... `END`) of
/// `$MILLWRIGHT_OUTPUT`, and the files that its pipeline names.
final class Outputs {
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_ALL = 256 * 1024;

    private Outputs() {}

    /// Throws [NodeException] when something published cannot be taken.
    static Map<String, String> collect(
            Path outputFile, List<OutputSource> declared, Path workspace, Path directory) {
        Map<String, String> outputs = new LinkedHashMap<>();
        if (Files.exists(outputFile)) {
            lines(read("$MILLWRIGHT_OUTPUT", outputFile, LONGEST_ALL), outputs);
        }
        for (OutputSource source : declared) {
            outputs.put(source.name(), declared(source, workspace, directory));
        }
        long all = 0;
        for (Map.Entry<String, String> output : outputs.entrySet()) {
            if (output.getValue().length() > LONGEST) {
                throw new NodeException(
                        "output '%s' is longer than %d KiB"
                                .formatted(output.getKey(), LONGEST / 1024));
            }
            all += output.getValue().length();
        }
        if (all > LONGEST_ALL) {
            throw new NodeException(
                    "the outputs together are longer than %d KiB".formatted(LONGEST_ALL / 1024));
        }
        return outputs;
    }

    private static void lines(String text, Map<String, String> outputs) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int heredoc = line.indexOf("<<");
            int equals = line.indexOf('=');
            if (line.isBlank()) {
                continue;
            }
            if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
                String end = line.substring(heredoc + 2).strip();
                StringBuilder value = new StringBuilder();
                i++;
                while (i < lines.size() && !lines.get(i).equals(end)) {
                    value.append(value.isEmpty() ? "" : "\n").append(lines.get(i));
                    i++;
                }
                if (i == lines.size()) {
                    throw new NodeException(
                            "$MILLWRIGHT_OUTPUT: '%s' has no end '%s'"
                                    .formatted(line.substring(0, heredoc), end));
                }
                outputs.put(line.substring(0, heredoc).strip(), value.toString());
            } else if (equals > 0) {
                outputs.put(line.substring(0, equals).strip(), line.substring(equals + 1));
            } else {
                throw new NodeException(
                        "$MILLWRIGHT_OUTPUT, line %d: '%s' is not of the form key=value"
                                .formatted(i + 1, line));
            }
        }
    }

    private static String declared(OutputSource source, Path workspace, Path directory) {
        Path file = directory.resolve(source.file());
        try {
            if (!Files.exists(file)) {
                throw new NodeException(
                        "output '%s': the step left no file '%s'"
                                .formatted(source.name(), source.file()));
            }
            if (!file.toRealPath().startsWith(workspace.toRealPath())) {
                throw new NodeException(
                        "output '%s': file '%s' lies outside the workspace"
                                .formatted(source.name(), source.file()));
            }
            String text =
                    read(
                            source.file(),
                            file,
                            source.regexOrNull() == null ? LONGEST : 16 * LONGEST);
            return source.regexOrNull() == null
                    ? text.strip()
                    : match(source, source.regexOrNull(), text);
        } catch (IOException broken) {
            throw new NodeException(
                    "output '%s': file '%s' cannot be read".formatted(source.name(), source.file()),
                    broken);
        }
    }

    private static String match(OutputSource source, String regex, String text) {
        try {
            Matcher matcher = Pattern.compile(regex).matcher(text);
            if (!matcher.find()) {
                throw new NodeException(
                        "output '%s': nothing in '%s' matches '%s'"
                                .formatted(source.name(), source.file(), regex));
            }
            return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
        } catch (PatternSyntaxException wrong) {
            throw new NodeException(
                    "output '%s': '%s' is not a regular expression: %s"
                            .formatted(source.name(), regex, wrong.getDescription()),
                    wrong);
        }
    }

    private static String read(String name, Path file, int limit) {
        try {
            if (Files.size(file) > limit) {
                throw new NodeException("'%s' is longer than %d KiB".formatted(name, limit / 1024));
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new NodeException("'%s' cannot be read".formatted(name), broken);
        }
    }
}
