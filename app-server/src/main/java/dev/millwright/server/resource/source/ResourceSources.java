package dev.millwright.server.resource.source;

import dev.millwright.server.config.ServerConfig.ResourcesConfig;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the resources of the configured directory and address applied.
///
/// 1. [#create] hands resources of sources that are configured no longer over to the API.
/// 2. [#tick] looks at each source once per interval. What is new there is applied, what is gone
///    there is deleted; when anything is wrong with a source, all of it stays as it was.
///
/// Called from any thread; one tick at a time, which may take as long as a source takes to answer.
public final class ResourceSources {
    private static final Logger log = LoggerFactory.getLogger(ResourceSources.class);

    private final List<Source> sources;
    private final SourceApply apply;
    private final Resources resources;
    private final Duration interval;
    private final InstantSource clock;
    private final Map<String, List<String>> problems = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> applied = new LinkedHashMap<>();
    private volatile List<String> faults = List.of();
    private @Nullable Instant lastLook;

    private ResourceSources(
            List<Source> sources, Resources resources, Duration interval, InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.apply = new SourceApply(resources);
        this.resources = resources;
        this.interval = interval;
        this.clock = clock;
    }

    /// Take the sources of the settings; nothing is read yet.
    ///
    /// @param elsewhere the origins that other servers keep applied
    public static ResourceSources create(
            ResourcesConfig settings,
            Resources resources,
            Set<String> elsewhere,
            InstantSource clock) {
        List<Source> sources = sources(settings, clock);
        Set<String> kept = new HashSet<>(elsewhere);
        sources.forEach(source -> kept.add(source.origin()));
        resources.releaseAllBut(kept);
        return new ResourceSources(sources, resources, settings.interval(), clock);
    }

    /// The origins of what a server with these settings keeps applied.
    public static List<String> origins(ResourcesConfig settings) {
        return sources(settings, InstantSource.system()).stream().map(Source::origin).toList();
    }

    private static List<Source> sources(ResourcesConfig settings, InstantSource clock) {
        List<Source> sources = new ArrayList<>();
        settings.directory()
                .ifPresent(
                        path -> sources.add(new DirectorySource(path, settings.maxSize(), clock)));
        settings.url()
                .ifPresent(address -> sources.add(new AddressSource(address, settings.maxSize())));
        return sources;
    }

    /// Look at the sources, when it is time.
    public synchronized void tick() {
        Instant now = clock.instant();
        if (lastLook != null && now.isBefore(lastLook.plus(interval))) {
            return;
        }
        lastLook = now;
        for (Source source : sources) {
            List<String> found = look(source);
            List<String> before = problems.getOrDefault(source.origin(), List.of());
            problems.put(source.origin(), found);
            faults = all();
            if (!found.equals(before)) {
                tell(source, found);
            }
        }
    }

    private List<String> all() {
        return problems.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream().map(problem -> entry.getKey() + ": " + problem))
                .toList();
    }

    private List<String> look(Source source) {
        List<String> before = problems.getOrDefault(source.origin(), List.of());
        try {
            @Nullable Map<String, String> texts = source.read().orElse(null);
            if (texts == null || (before.isEmpty() && texts.equals(applied.get(source.origin())))) {
                return before;
            }
            List<String> found = apply.apply(source.origin(), texts);
            applied.put(source.origin(), texts);
            return found;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return before;
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of(String.valueOf(unreadable.getMessage()));
        } catch (StoreException notNow) {
            // Such as another server that applies the same at this moment
            log.debug("{} could not be applied yet", source.origin(), notNow);
            lastLook = null;
            return before;
        }
    }

    private void tell(Source source, List<String> found) {
        if (found.isEmpty()) {
            log.info("{}: fine again", source.origin());
        }
        found.forEach(problem -> log.warn("{}: {}; what was good stays", source.origin(), problem));
        resources.noteSource(source.origin(), found);
    }

    /// What is wrong with the sources now, each beginning with its source; empty when all is well.
    public List<String> faults() {
        return faults;
    }
}
