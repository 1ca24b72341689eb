package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginList;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.host.bundled.PluginBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// Puts a plugin's file where the server on this machine looks for it. One thread.
record Installation(MillwrightClient client, PluginBundle bundle) {
    /// The version of the plugin that the server uses now.
    Optional<PluginView> used() {
        return client.plugins().items().stream()
                .filter(one -> one.id().equals(bundle.id()) && PluginFolder.isUsed(one))
                .findFirst();
    }

    /// Wait until the server uses it, and tell how. Throws [CliException] when it does not.
    PluginView carryOut() {
        PluginFolder folder =
                PluginFolder.of(client, "put %s".formatted(bundle.file().getFileName()));
        Path target = folder.path().resolve(bundle.id() + "." + bundle.suffix());
        List<String> older =
                client.plugins().items().stream()
                        .filter(one -> one.id().equals(bundle.id()))
                        .map(PluginView::file)
                        .filter(name -> !name.equals(target.getFileName().toString()))
                        .toList();
        folder.change(() -> {
            put(bundle.file(), target);
            // The one with this name is the only one from now on, whatever its version
            for (String name : older) {
                Files.deleteIfExists(folder.path().resolve(name));
                Files.deleteIfExists(folder.path().resolve(name + ".sig"));
            }
        });
        if (!folder.until(plugins -> isSettled(plugins, bundle, target))) {
            throw new CliException(
                    ExitCode.SERVER,
                    "the server does not look into %s; is it running?".formatted(folder.path()));
        }
        PluginView used = PluginFolder.find(client.plugins(), target.getFileName().toString());
        if (!used.sha256().equals(bundle.sha256())) {
            throw new CliException(
                    ExitCode.RUN_FAILED,
                    "%s is in its folder and not used: %s".formatted(used.file(), used.reason()));
        }
        return used;
    }

    /// The signature first, so that the server never sees the plugin without it.
    private static void put(Path from, Path target) throws IOException {
        Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(target));
        Path signature = from.resolveSibling(from.getFileName() + ".sig");
        if (Files.exists(signature)) {
            move(signature, target.resolveSibling(target.getFileName() + ".sig"));
        }
        move(from, target);
    }

    private static void move(Path from, Path target) throws IOException {
        Path fresh = target.resolveSibling("." + target.getFileName() + ".part");
        Files.copy(from, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isSettled(PluginList plugins, PluginBundle bundle, Path target) {
        return plugins.items().stream()
                .filter(one -> one.file().equals(target.getFileName().toString()))
                .anyMatch(one ->
                        !one.state().equals("stopping")
                                && (one.sha256().equals(bundle.sha256())
                                        || one.refused().equals(bundle.sha256())));
    }
}
