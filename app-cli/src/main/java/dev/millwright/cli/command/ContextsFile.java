package dev.millwright.cli.command;

import dev.millwright.engine.schema.Suggestions;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.YamlDocuments;
import dev.millwright.engine.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads the file `contexts.yaml` and refuses what it does not know, because a mistyped key would
/// lead to another server. One thread.
final class ContextsFile {
    private static final List<String> TOP = List.of("current", "contexts");
    private static final List<String> CONTEXT = List.of("server", "key", "namespace");

    private final YamlDocuments.Document document;
    private final List<String> problems = new ArrayList<>();

    private ContextsFile(YamlDocuments.Document document) {
        this.document = document;
    }

    /// What it holds. Throws [CliException] that names each problem with its line.
    static Map<String, Object> values(Path file) {
        try {
            List<YamlDocuments.Document> documents =
                    YamlDocuments.read(file.toString(), TextFile.read(file, file.toString()));
            if (documents.isEmpty()) {
                return Map.of();
            }
            return new ContextsFile(documents.getFirst()).checked();
        } catch (YamlException wrong) {
            // Not with the lines of the file: there are keys in them.
            throw CliException.usage(
                    wrong.problems().stream().map(Problem::line).collect(Collectors.joining("\n")));
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    "%s cannot be read: %s".formatted(file, unreadable.getMessage()),
                    unreadable);
        }
    }

    private Map<String, Object> checked() {
        Map<String, Object> values = document.values().values();
        onlyKnown("", values, TOP);
        switch (values.get("contexts")) {
            case Map<?, ?> contexts ->
                    contexts.forEach((name, context) ->
                            context("/contexts/" + escaped(name.toString()), context));
            case null -> {}
            // The key alone
            case String text when text.isEmpty() -> {}
            default -> problem("/contexts", "'contexts' is a map of names");
        }
        if (!problems.isEmpty()) {
            throw CliException.usage(String.join("\n", problems));
        }
        return values;
    }

    private void context(String pointer, Object context) {
        if (!(context instanceof Map<?, ?> values)) {
            problem(pointer, "a context is a map, such as {server: URL, namespace: NAME}");
            return;
        }
        onlyKnown(pointer, values, CONTEXT);
        values.forEach((key, value) -> {
            if (value instanceof Map || value instanceof List) {
                problem(pointer + "/" + escaped(key.toString()), "'%s' is a text".formatted(key));
            }
        });
    }

    private void onlyKnown(String pointer, Map<?, ?> values, List<String> known) {
        for (Object key : values.keySet()) {
            String word = key.toString();
            if (!known.contains(word)) {
                String meant = Suggestions.didYouMean(word, known);
                problem(
                        pointer + "/" + escaped(word),
                        "unknown key '%s'; %s"
                                .formatted(
                                        word,
                                        meant.isEmpty()
                                                ? "known are " + String.join(", ", known)
                                                : meant));
            }
        }
    }

    private void problem(String pointer, String message) {
        problems.add(document.markOf(pointer) + ": " + message);
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
