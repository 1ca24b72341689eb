package dev.millwright.cli.resource;

import dev.millwright.api.ApiException;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Words;
import dev.millwright.engine.schema.Suggestions;
import dev.millwright.model.MillwrightException;
import java.util.List;
import java.util.Locale;

/// The names of kinds as users write them, in one form: lower case, plural.
final class Kinds {
    /// What can be changed.
    static final List<String> RESOURCES =
            List.of("pipelines", "namespaces", "exporters", "forges", "notifiers", "secret-stores");

    /// What can be shown.
    static final List<String> SHOWN =
            List.of(
                    "pipelines",
                    "namespaces",
                    "exporters",
                    "forges",
                    "notifiers",
                    "secret-stores",
                    "nodes",
                    "servers");

    /// What shells complete.
    static final class Known extends Words {
        Known() {
            super(SHOWN.stream());
        }
    }

    private Kinds() {}

    static String of(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "pl", "pipeline" -> "pipelines";
            case "ns", "namespace" -> "namespaces";
            case "ex", "exporter" -> "exporters";
            case "fo", "forge" -> "forges";
            case "nf", "notifier" -> "notifiers";
            case "ss", "secretstore", "secret-store", "secretstores" -> "secret-stores";
            case "no", "node" -> "nodes";
            case "sv", "server" -> "servers";
            default -> word.endsWith("s") ? word : word + "s";
        };
    }

    /// What to throw when the server refused: that there is no such kind, in the user's own word,
    /// or just what the server said.
    static MillwrightException refusal(ApiException refused, String text, List<String> known) {
        if (refused.status() != 404
                || !String.valueOf(refused.getMessage()).startsWith("there is no kind ")) {
            return refused;
        }
        String list =
                "there is no kind '%s'; known are %s".formatted(text, String.join(", ", known));
        String meant = Suggestions.didYouMean(of(text), known);
        return CliException.notFound(meant.isEmpty() ? list : list + "; " + meant);
    }
}
