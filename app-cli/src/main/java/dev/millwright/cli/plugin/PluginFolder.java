package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginList;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Pause;
import dev.millwright.engine.schema.Suggestions;
import dev.millwright.model.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The folder of a server's plugins, when the server is on this machine. Whoever may write there
/// may run code in the server, so there is no other way in.
///
/// @param path of the folder
record PluginFolder(MillwrightClient client, Path path) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// Ask the server. Throws [CliException] when it is on another machine.
    static PluginFolder of(MillwrightClient client, String what) {
        Path folder = Path.of(client.plugins().directory());
        Path above = folder.getParent();
        if (!Loopback.isReached(client.server().getHost())
                || above == null
                || !Files.isDirectory(above)) {
            throw CliException.usage(
                    "the server %s is on another machine; %s in its folder %s there"
                            .formatted(client.server(), what, folder));
        }
        return new PluginFolder(client, folder);
    }

    /// Throws [CliException] with the system's words.
    interface Change {
        void make() throws IOException;
    }

    void change(Change change) {
        try {
            change.make();
        } catch (IOException refused) {
            throw new CliException(
                    ExitCode.NOT_ALLOWED,
                    "%s cannot be changed: %s".formatted(path, refused.getMessage()),
                    refused);
        }
    }

    /// Look again and again until the server has noticed. False when it does not in time.
    boolean until(Predicate<PluginList> noticed) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (noticed.test(client.plugins())) {
                return true;
            }
            Pause.of(PAUSE);
        }
        return false;
    }

    /// Of several files with one plugin, the one that is in use comes first.
    static PluginView find(PluginList plugins, String name) {
        return plugins.items().stream()
                .filter(one -> one.id().equals(name) || one.file().equals(name))
                .filter(one -> !one.state().equals("stopping"))
                .min(Comparator.comparing(one -> !isUsed(one)))
                .orElseThrow(() -> unknown(plugins, name));
    }

    private static CliException unknown(PluginList plugins, String name) {
        List<String> known =
                plugins.items().stream()
                        .flatMap(one -> Stream.of(one.id(), one.file()))
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList();
        String near = Suggestions.didYouMean(name, known);
        return CliException.notFound(
                "the server has no plugin '%s'%s"
                        .formatted(name, near.isEmpty() ? "" : "; " + near));
    }

    static boolean isUsed(PluginView plugin) {
        return plugin.state().equals("started");
    }
}
