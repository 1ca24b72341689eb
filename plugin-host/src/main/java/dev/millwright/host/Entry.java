package dev.millwright.host;

import dev.millwright.host.life.LoadedExtension;
import dev.millwright.host.life.LoadedPlugin;
import dev.millwright.host.load.PluginManifest;
import dev.millwright.host.load.PluginVersions;
import dev.millwright.host.use.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the host knows of one file. Guarded by the host's lock.
final class Entry {
    /// By what their files say of themselves, which has to be known.
    static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparing(
                    entry -> Objects.requireNonNull(entry.read).version(),
                    (one, other) ->
                            PluginVersions.isNewer(one, other)
                                    ? -1
                                    : PluginVersions.isNewer(other, one) ? 1 : 0);

    final String file;

    /// Null: to be looked at again.
    PluginFile.@Nullable Stamp stamp;

    /// Null when it is not in use.
    @Nullable LoadedPlugin plugin;

    /// What the file was like when the version in use was loaded from it.
    PluginFile.@Nullable Stamp used;

    /// The plugin's id, once it was read; its settings are watched from then on.
    String known = "";

    /// What the newest file says of itself; null when that could not be read.
    @Nullable PluginManifest read;

    /// The file whose version of the same plugin is in use; null when this is not about one.
    private @Nullable Entry standIn;

    /// Why the newest file is not in use; empty when it is.
    private String reason = "";

    /// SHA-256 of the file that the reason is about; empty when there is none.
    private String refused = "";

    /// What people should know of the version in use; empty when there is nothing.
    String warning = "";

    /// Whether the reason was logged.
    boolean told;

    Entry(String file) {
        this.file = file;
    }

    /// Note that its newest file is in use.
    void take(LoadedPlugin fresh) {
        warning = warning(plugin, fresh);
        plugin = fresh;
        standIn = null;
        reason = "";
        refused = "";
        told = false;
    }

    /// Note that nothing of it is in use, since another file with the same plugin is.
    ///
    /// @param hash SHA-256 of the file
    void giveWay(Entry other, String hash) {
        told = told && standIn != null;
        plugin = null;
        standIn = other;
        reason = "";
        refused = hash;
    }

    /// Whether it gave way to another file.
    boolean isSuperseded() {
        return standIn != null;
    }

    /// Whether it gave way to a plugin that is not in use any more.
    boolean isFreeAgain() {
        return standIn != null && read != null && !standIn.id().equals(read.id());
    }

    /// Why the newest file is not in use; empty when it is.
    String reason() {
        Entry other = standIn;
        LoadedPlugin inUse = other == null ? null : other.plugin;
        return other == null || inUse == null
                ? reason
                : "version %s of it is in use, from %s"
                        .formatted(inUse.manifest().version(), other.file);
    }

    /// Note why the newest file is not in use.
    ///
    /// @param hash SHA-256 of the file
    /// @param now what the file is like
    void fail(String why, String hash, PluginFile.Stamp now) {
        String all = plugin == null ? why : inSpiteOf(plugin.manifest(), why, now);
        told = told && all.equals(reason());
        standIn = null;
        reason = all;
        refused = hash;
        stamp = now;
    }

    private String inSpiteOf(PluginManifest inUse, String why, PluginFile.Stamp now) {
        boolean settings = used != null && now.isSameFile(used);
        return settings
                ? "the change of %s.yaml is not used, the settings of before stay: %s"
                        .formatted(inUse.id(), why)
                : "%s; version %s of before stays in use".formatted(why, inUse.version());
    }

    /// What people should know when the one takes the place of the other.
    static String warning(@Nullable LoadedPlugin older, LoadedPlugin fresh) {
        if (older == null || !older.manifest().id().equals(fresh.manifest().id())) {
            return "";
        }
        String before = older.manifest().version();
        String now = fresh.manifest().version();
        return PluginVersions.isNewer(before, now)
                ? "version %s is older than %s, which was in use before".formatted(now, before)
                : "";
    }

    /// Empty when nothing of it is in use.
    String id() {
        return plugin == null ? "" : plugin.manifest().id();
    }

    /// As other machines can use it; empty when it is not in use or has no runners.
    ///
    /// @param directory where the file is
    Optional<PortablePlugin> portable(Path directory) {
        LoadedPlugin used = plugin;
        if (used == null) {
            return Optional.empty();
        }
        List<String> runners =
                used.extensions().stream()
                        .filter(extension -> extension.point().equals(Point.RUNNER))
                        .map(LoadedExtension::kind)
                        .sorted()
                        .toList();
        if (runners.isEmpty()) {
            return Optional.empty();
        }
        try {
            PluginManifest manifest = used.manifest();
            return Optional.of(
                    new PortablePlugin(
                            manifest.id(),
                            manifest.version(),
                            manifest.requires(),
                            used.sha256(),
                            file.endsWith(".zip") ? "zip" : "jar",
                            Files.size(used.file()),
                            new PluginFile(directory.resolve(file)).signatureText(),
                            runners,
                            used.file()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// How it stands now, for whoever must not wait for the host's lock.
    View view() {
        return new View(file, plugin, read, isSuperseded(), reason(), refused, warning);
    }

    /// One moment of an entry.
    ///
    /// @param plugin null when it is not in use
    /// @param read what its file says of itself; null when that could not be read
    /// @param superseded whether another file with the same plugin is in use
    record View(
            String file,
            @Nullable LoadedPlugin plugin,
            @Nullable PluginManifest read,
            boolean superseded,
            String reason,
            String refused,
            String warning) {
        PluginStatus status() {
            return plugin == null
                    ? unused()
                    : of(file, plugin, PluginStatus.State.STARTED, reason, refused, warning);
        }

        private PluginStatus unused() {
            Optional<PluginManifest> manifest = Optional.ofNullable(read);
            return new PluginStatus(
                    file,
                    superseded ? PluginStatus.State.SUPERSEDED : PluginStatus.State.FAILED,
                    reason,
                    "",
                    manifest.map(PluginManifest::id).orElse(""),
                    manifest.map(PluginManifest::version).orElse(""),
                    manifest.map(PluginManifest::requires).orElse(""),
                    manifest.map(PluginManifest::provider).orElse(""),
                    manifest.map(PluginManifest::description).orElse(""),
                    "",
                    refused,
                    0,
                    List.of());
        }
    }

    static PluginStatus of(
            String file,
            LoadedPlugin plugin,
            PluginStatus.State state,
            String reason,
            String refused,
            String warning) {
        PluginManifest manifest = plugin.manifest();
        return new PluginStatus(
                file,
                state,
                reason,
                warning,
                manifest.id(),
                manifest.version(),
                manifest.requires(),
                manifest.provider(),
                manifest.description(),
                plugin.sha256(),
                refused,
                plugin.overdue(),
                plugin.extensions().stream().map(Entry::offer).toList());
    }

    private static PluginStatus.Offer offer(LoadedExtension extension) {
        return new PluginStatus.Offer(
                extension.point().name(), extension.kind(), extension.schema());
    }
}
