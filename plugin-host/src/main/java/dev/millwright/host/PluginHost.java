package dev.millwright.host;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.life.LoadedExtension;
import dev.millwright.host.life.LoadedPlugin;
import dev.millwright.host.load.BundleLoader;
import dev.millwright.host.load.LoadException;
import dev.millwright.host.load.LoadedBundle;
import dev.millwright.host.load.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the plugins of a folder loaded: those that are there at the start, and those that are put
/// there, replaced or taken away later.
///
/// A file is used from a copy, and only once it is whole. A newer version takes over when it is
/// open; one that cannot be opened leaves the older one in use. What fails is listed with its
/// reason and tried again when its file changes.
///
/// Called from any thread.
public final class PluginHost implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PluginHost.class);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

    private final HostSettings settings;
    private final SecretSource secrets;
    private final BundleLoader loader;
    private final Departures departures;
    private final Extensions extensions = new Extensions();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// What is shown while a plugin takes its time to open.
    private volatile List<Entry.View> shown = List.of();

    private PluginHost(HostSettings settings, SecretSource secrets) {
        this.settings = settings;
        this.secrets = secrets;
        this.departures = new Departures(settings.patience());
        this.loader =
                new BundleLoader(
                        settings.data().resolve("copies"), TrustedKeys.of(settings.trustedKeys()));
    }

    /// Load what is in the folder. Throws [LoadException] only when a trusted key is none.
    public static PluginHost open(HostSettings settings, SecretSource secrets)
            throws InterruptedException {
        PluginHost host = new PluginHost(settings, secrets);
        host.loader.clear();
        host.tick();
        return host;
    }

    /// What can be used now, and built-in extensions too once they are added.
    public Extensions extensions() {
        return extensions;
    }

    /// The folder where plugins are put.
    public Path directory() {
        return settings.directory();
    }

    /// How the files stand, by name; then the plugins that are on their way out. Never waits for a
    /// plugin that is being opened.
    public List<PluginStatus> plugins() {
        return Stream.concat(shown.stream().map(Entry.View::status), departures.list().stream())
                .toList();
    }

    /// The plugins in use that have runners, by id.
    public synchronized List<PortablePlugin> portable() {
        return entries.values().stream()
                .flatMap(entry -> entry.portable(settings.directory()).stream())
                .sorted(Comparator.comparing(PortablePlugin::id))
                .toList();
    }

    private void show() {
        shown = entries.values().stream().map(Entry::view).toList();
    }

    /// Look at the folder once. Gives how many plugins were loaded or taken away.
    public synchronized int tick() throws InterruptedException {
        List<PluginFile> files;
        try {
            files = PluginFile.in(settings.directory());
        } catch (IOException | UncheckedIOException unreadable) {
            log.warn("{} cannot be read: {}", settings.directory(), unreadable.toString());
            return 0;
        }
        List<String> names = files.stream().map(PluginFile::name).toList();
        int changes = 0;
        for (Entry entry : List.copyOf(entries.values())) {
            if (!names.contains(entry.file)) {
                changes += forget(entry);
            }
        }
        show();
        entries.values().stream().filter(Entry::isFreeAgain).forEach(entry -> entry.stamp = null);
        for (PluginFile file : newestFirst(files)) {
            changes += look(file) ? 1 : 0;
            show();
        }
        return changes;
    }

    /// Of those that step in for another one, so that no older one is used for a moment.
    private List<PluginFile> newestFirst(List<PluginFile> files) {
        return Stream.concat(
                        entries.values().stream()
                                .filter(entry -> entry.isSuperseded() && entry.read != null)
                                .sorted(Entry.NEWEST_FIRST)
                                .flatMap(entry ->
                                        files.stream()
                                                .filter(file -> file.name().equals(entry.file))),
                        files.stream())
                .distinct()
                .toList();
    }

    private int forget(Entry entry) {
        var _ = entries.remove(entry.file);
        LoadedPlugin gone = entry.plugin;
        if (gone == null) {
            return 0;
        }
        entry.plugin = null;
        publish();
        log.info("plugin {} {} is taken away", gone.manifest().id(), gone.manifest().version());
        departures.add(entry.file, gone);
        // Another file may have the same plugin, or an extension that was taken
        entries.values().stream()
                .filter(other -> other.plugin == null)
                .forEach(other -> other.stamp = null);
        return 1;
    }

    private boolean look(PluginFile file) throws InterruptedException {
        Entry entry = entries.computeIfAbsent(file.name(), Entry::new);
        try {
            PluginFile.Stamp before = file.stamp(entry.known);
            if (before.equals(entry.stamp)) {
                tell(entry);
                return false;
            }
            try {
                return load(file, entry);
            } catch (LoadException unfit) {
                // As it was before: what has come since is looked at next
                entry.fail(String.valueOf(unfit.getMessage()), file.hash(), before);
                return false;
            }
        } catch (IOException gone) {
            // The next look finds out
            entry.stamp = null;
            return false;
        }
    }

    /// A file that grows is not worth a warning; one that stays as it is deserves it.
    private static void tell(Entry entry) {
        String reason = entry.reason();
        if (!reason.isEmpty() && !entry.told) {
            entry.told = true;
            String what = entry.plugin == null ? "is not used" : "is used as before";
            log.warn("the plugin {} {}: {}", entry.file, what, reason);
        }
    }

    private boolean load(PluginFile file, Entry entry) throws IOException, InterruptedException {
        PluginFile.Stamp before = file.stamp("");
        entry.read = null;
        LoadedBundle bundle =
                loader.load(
                        file.path(),
                        file.signature(),
                        sha256 -> settings.admission().check(entry.file, sha256));
        if (!before.equals(file.stamp(""))) {
            bundle.close();
            return false;
        }
        entry.read = bundle.manifest();
        entry.known = bundle.manifest().id();
        Optional<Entry> other = otherWith(bundle.manifest().id(), entry);
        if (other.isPresent() && !comesFirst(bundle, entry, other.get())) {
            bundle.close();
            giveWay(entry, other.get(), bundle);
            entry.stamp = file.stamp(entry.known);
            return false;
        }
        LoadedPlugin fresh = open(file, bundle);
        replace(entry, fresh);
        other.ifPresent(older -> supersede(older, entry));
        publish();
        entry.stamp = file.stamp(entry.known);
        entry.used = entry.stamp;
        log.info(
                "plugin {} {} is loaded from {}",
                fresh.manifest().id(),
                fresh.manifest().version(),
                entry.file);
        return true;
    }

    private boolean comesFirst(LoadedBundle bundle, Entry entry, Entry older) {
        boolean wanted = settings.admission().isPreferred(entry.file);
        boolean stays = settings.admission().isPreferred(older.file);
        return wanted == stays
                ? older.plugin == null || bundle.isNewerThan(older.plugin.manifest())
                : wanted;
    }

    /// A file that has a plugin in use already keeps it: what it holds by now is somebody else's.
    private static void giveWay(Entry entry, Entry other, LoadedBundle bundle) {
        if (entry.plugin != null) {
            throw new LoadException(
                    "plugin '%s' is in use from %s already"
                            .formatted(bundle.manifest().id(), other.file));
        }
        entry.giveWay(other, bundle.sha256());
    }

    private Optional<Entry> otherWith(String id, Entry entry) {
        return entries.values().stream()
                .filter(one -> one != entry && one.id().equals(id))
                .findFirst();
    }

    private LoadedPlugin open(PluginFile file, LoadedBundle bundle)
            throws IOException, InterruptedException {
        String id = bundle.manifest().id();
        Path own = Files.createDirectories(settings.data().resolve("folders").resolve(id));
        LoadedPlugin fresh =
                LoadedPlugin.open(
                        bundle,
                        settings.points(),
                        new FolderContext(
                                bundle.manifest(),
                                own,
                                file.settings(id),
                                secrets,
                                settings.wall()));
        for (LoadedExtension extension : fresh.extensions()) {
            Optional<String> owner = extensions.owner(extension, id);
            if (owner.isPresent()) {
                fresh.close(Duration.ZERO, false);
                throw new LoadException(
                        "its %s '%s' is there already: %s"
                                .formatted(
                                        extension.point().name(), extension.kind(), owner.get()));
            }
        }
        return fresh;
    }

    private void replace(Entry entry, LoadedPlugin fresh) {
        LoadedPlugin older = entry.plugin;
        entry.take(fresh);
        if (!entry.warning.isEmpty()) {
            log.warn("plugin {}: {}", fresh.manifest().id(), entry.warning);
        }
        if (older != null) {
            departures.add(entry.file, older);
        }
    }

    private void supersede(Entry older, Entry entry) {
        LoadedPlugin gone = Objects.requireNonNull(older.plugin);
        older.giveWay(entry, gone.sha256());
        older.told = true;
        departures.add(older.file, gone);
    }

    private void publish() {
        List<LoadedPlugin> loaded = new ArrayList<>();
        entries.values().stream()
                .map(entry -> entry.plugin)
                .filter(Objects::nonNull)
                .forEach(loaded::add);
        extensions.publish(loaded);
    }

    /// Let all plugins go; work that they have under way outlives this program or is found again.
    @Override
    public synchronized void close() {
        extensions.publish(List.of());
        List<LoadedPlugin> last = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.plugin != null) {
                last.add(entry.plugin);
            }
        }
        entries.clear();
        show();
        departures.closeAll(last, LAST_PATIENCE);
    }
}
