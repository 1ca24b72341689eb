package dev.millwright.cli.plugin;

import dev.millwright.cli.command.CliException;
import dev.millwright.engine.schema.Suggestions;
import dev.millwright.host.bundled.BundledPlugins;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the plugins that come with this installation by the names that people type.
public final class BundledFiles {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private BundledFiles() {}

    /// The file of that plugin. Throws [CliException] when none has that name.
    public static Path require(String name) {
        BundledPlugins bundled = BundledPlugins.find();
        return bundled.file(name)
                .orElseThrow(() ->
                        CliException.notFound(
                                "no plugin '%s' comes with Millwright; %s"
                                        .formatted(name, insteadOf(name, bundled.names()))));
    }

    private static String insteadOf(String name, List<String> known) {
        if (known.isEmpty()) {
            return "none does here: name a jar or zip";
        }
        String near = Suggestions.didYouMean(name, known);
        return near.isEmpty() ? "these do: " + String.join(", ", known) : near;
    }

    /// Whether the word is the name of a plugin and not a path.
    static boolean isName(String word) {
        return NAME.matcher(word).matches();
    }
}
