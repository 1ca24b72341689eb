package dev.millwright.cli.local;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.launch.TemporaryFolder;
import dev.millwright.cli.plugin.BundledFiles;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginHost;
import dev.millwright.host.PluginStatus;
import dev.millwright.host.bundled.BundledPlugins;
import dev.millwright.host.format.FileFormats;
import dev.millwright.host.format.ForeignFile;
import dev.millwright.host.format.FormatException;
import dev.millwright.host.format.Translation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads files of other systems, with the plugin for it that comes with Millwright and with those
/// that the user names. They are loaded once a file needs them: most never do. One thread.
final class LocalFormats implements AutoCloseable {
    private static final String BUNDLED = "pipeline-formats";
    private static final SecretSource NO_SECRETS = reference -> Optional.empty();

    private final List<Path> plugins;
    private @Nullable Path folder;
    private @Nullable PluginHost host;
    private @Nullable FileFormats loaded;

    private LocalFormats(List<Path> plugins) {
        this.plugins = plugins;
    }

    /// @param named plugins that come with Millwright by their names, and others by their files
    static LocalFormats of(Path directory, List<String> named) {
        List<Path> plugins = new ArrayList<>();
        if (!named.contains(BUNDLED)) {
            BundledPlugins.find().file(BUNDLED).ifPresent(plugins::add);
        }
        for (String name : named) {
            Path file = directory.resolve(name);
            plugins.add(Files.isRegularFile(file) ? file : BundledFiles.require(name));
        }
        return new LocalFormats(plugins);
    }

    /// Something that a format is asked for.
    private interface Question<T> {
        T ask(FileFormats formats) throws InterruptedException;
    }

    Optional<ForeignFile> named(String path) {
        return FileFormats.isOwn(path) ? Optional.empty() : ask(formats -> formats.named(path));
    }

    Optional<ForeignFile> usual(Includes files) {
        return ask(formats -> formats.usual(files));
    }

    Translation read(ForeignFile file, String text, String pipeline, Includes files) {
        return ask(formats -> formats.read(file, text, pipeline, files));
    }

    private <T> T ask(Question<T> question) {
        try {
            FileFormats formats = loaded == null ? load() : loaded;
            loaded = formats;
            return question.ask(formats);
        } catch (FormatException failed) {
            throw new CliException(
                    ExitCode.RUN_FAILED, String.valueOf(failed.getMessage()), failed);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.INTERRUPTED, "interrupted", stopped);
        }
    }

    private FileFormats load() throws IOException, InterruptedException {
        Path own = TemporaryFolder.create("millwright-formats-");
        folder = own;
        Path directory = Files.createDirectories(own.resolve("plugins"));
        for (Path plugin : plugins) {
            Files.copy(plugin, directory.resolve(plugin.getFileName().toString()));
        }
        PluginHost opened =
                PluginHost.open(HostSettings.of(directory, own.resolve("data")), NO_SECRETS);
        host = opened;
        for (PluginStatus status : opened.plugins()) {
            if (status.state() != PluginStatus.State.STARTED) {
                throw CliException.usage(
                        "the plugin %s cannot be used: %s"
                                .formatted(status.file(), status.reason()));
            }
        }
        return FileFormats.of(opened.extensions(), NO_SECRETS);
    }

    @Override
    public void close() {
        if (host != null) {
            host.close();
        }
        if (folder != null) {
            TemporaryFolder.delete(folder);
        }
    }
}
