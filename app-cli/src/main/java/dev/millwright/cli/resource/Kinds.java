package dev.millwright.cli.resource;

import dev.millwright.cli.command.Words;
import java.util.Locale;

/// The names of kinds as users write them, in one form: lower case, plural.
final class Kinds {
    /// What shells complete.
    static final class Known extends Words {
        Known() {
            super("pipelines", "namespaces", "nodes");
        }
    }

    private Kinds() {}

    static String of(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "pl", "pipeline" -> "pipelines";
            case "ns", "namespace" -> "namespaces";
            case "no", "node" -> "nodes";
            default -> word.endsWith("s") ? word : word + "s";
        };
    }
}
