package dev.millwright.server.secret;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.Extensions;
import dev.millwright.model.Elapsed;
import dev.millwright.plugin.Secret;
import dev.millwright.server.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Knows secrets of stores for a moment: asks the stores without letting anybody wait, and tells
/// who asked once they have answered.
///
/// Called from any thread. Values are kept in memory only and count for half a minute.
public final class SecretStores {
    /// What was found counts for so long: a step that was changed a minute ago gets the new value.
    private static final Duration FRESH = Duration.ofSeconds(30);

    /// What is not there is looked for again soon: somebody may be adding it.
    private static final Duration GONE = Duration.ofSeconds(5);

    /// The longest pause between two tries.
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /// A lookup takes less: the host sees to it.
    private static final Duration LOOKUP = Duration.ofSeconds(15);

    private static final int MOST = 1_000;

    private final StoreLookups lookups;
    private final InstantSource clock;
    private final Map<Key, Entry> entries = new HashMap<>();

    private SecretStores(StoreLookups lookups, InstantSource clock) {
        this.lookups = lookups;
        this.clock = clock;
    }

    /// Make one that has asked nobody yet.
    ///
    /// @param secrets for what the stores themselves need to know, such as a token
    public static SecretStores create(
            Resources resources, Extensions extensions, SecretSource secrets, InstantSource clock) {
        return new SecretStores(new StoreLookups(resources, extensions, secrets), clock);
    }

    private record Key(String namespace, String reference) {}

    /// What is known of one secret. Guarded by the map's lock.
    private static final class Entry {
        StoreLookups.@Nullable Result result;
        Instant until = Instant.MIN;
        @Nullable Instant failingSince;
        int failures;
        boolean asking;
        final Set<Runnable> waiting = new LinkedHashSet<>();
    }

    /// What is known now; never waits. What is not known is asked for.
    ///
    /// @param references such as `${secret:nexus/ci/upload#token}`
    public SecretAnswer find(String namespace, Collection<String> references) {
        Instant now = clock.instant();
        Map<String, Secret> values = new HashMap<>();
        SecretAnswer.@Nullable Waiting waiting = null;
        synchronized (entries) {
            forget(now);
            for (String reference : references) {
                SecretAnswer answer = find(new Key(namespace, reference), now);
                switch (answer) {
                    case SecretAnswer.Ready(Map<String, Secret> found) -> values.putAll(found);
                    case SecretAnswer.Refused refused -> {
                        return refused;
                    }
                    case SecretAnswer.Waiting more ->
                            waiting = waiting == null ? more : waiting.and(more);
                }
            }
        }
        return waiting == null ? new SecretAnswer.Ready(values) : waiting;
    }

    private SecretAnswer find(Key key, Instant now) {
        Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
        if (!entry.asking && !now.isBefore(entry.until)) {
            ask(key, entry);
        }
        return switch (entry.result) {
            case null -> new SecretAnswer.Waiting("", now.plus(LOOKUP), true);
            case StoreLookups.Result.Found(Secret value) ->
                    entry.asking
                            ? new SecretAnswer.Waiting("", now.plus(LOOKUP), true)
                            : new SecretAnswer.Ready(Map.of(key.reference(), value));
            case StoreLookups.Result.None(String reason) ->
                    entry.asking
                            ? new SecretAnswer.Waiting("", now.plus(LOOKUP), true)
                            : refused(key, reason);
            case StoreLookups.Result.Later(String reason, Duration _, Duration patience) -> {
                Instant since = entry.failingSince;
                // Who comes later is not refused because of what was long ago
                yield since != null && !entry.asking && now.isAfter(since.plus(patience))
                        ? refused(
                                key,
                                "for %s nobody could tell: %s"
                                        .formatted(Elapsed.limit(patience), reason))
                        : new SecretAnswer.Waiting(
                                "it waits for the secret %s: %s".formatted(key.reference(), reason),
                                entry.asking ? now.plus(LOOKUP) : entry.until,
                                entry.asking);
            }
        };
    }

    private static SecretAnswer refused(Key key, String reason) {
        return new SecretAnswer.Refused(
                "it asks for the secret %s: %s".formatted(key.reference(), reason));
    }

    private void ask(Key key, Entry entry) {
        entry.asking = true;
        var _ =
                Thread.ofVirtual()
                        .name("secret-" + key.reference())
                        .start(() -> answer(entry, looked(key)));
    }

    private StoreLookups.Result looked(Key key) {
        try {
            return lookups.look(key.namespace(), key.reference());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new StoreLookups.Result.Later(
                    "the server goes down", Duration.ZERO, Duration.ofHours(1));
        } catch (RuntimeException failed) {
            return new StoreLookups.Result.Later(
                    String.valueOf(failed), Duration.ZERO, Duration.ofHours(1));
        }
    }

    private void answer(Entry entry, StoreLookups.Result result) {
        List<Runnable> told;
        synchronized (entries) {
            Instant now = clock.instant();
            entry.asking = false;
            entry.result = result;
            switch (result) {
                case StoreLookups.Result.Found _ -> entry.until = now.plus(FRESH);
                case StoreLookups.Result.None _ -> entry.until = now.plus(GONE);
                case StoreLookups.Result.Later(String _, Duration notBefore, Duration _) -> {
                    Duration pause = Duration.ofSeconds(1L << Math.min(entry.failures, 10));
                    Duration bounded = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
                    entry.until = now.plus(bounded.compareTo(notBefore) < 0 ? notBefore : bounded);
                }
            }
            boolean failed = result instanceof StoreLookups.Result.Later;
            entry.failures = failed ? entry.failures + 1 : 0;
            if (!failed) {
                entry.failingSince = null;
            } else if (entry.failingSince == null) {
                entry.failingSince = now;
            }
            told = List.copyOf(entry.waiting);
            entry.waiting.clear();
        }
        told.forEach(Runnable::run);
    }

    /// Values do not stay longer than they count; what is not asked for any more goes, too.
    private void forget(Instant now) {
        entries.values()
                .removeIf(entry ->
                        !entry.asking
                                && (entry.result instanceof StoreLookups.Result.Later later
                                        ? now.isAfter(entry.until.plus(later.patience()))
                                        : !now.isBefore(entry.until)));
        if (entries.size() > MOST) {
            entries.values().removeIf(entry -> !entry.asking);
        }
    }

    /// Call back once a store has answered that was asked for one of these; at once when all of
    /// them have.
    ///
    /// @param then called by another thread, perhaps several times; equal ones count as one
    public void whenAnswered(String namespace, Collection<String> references, Runnable then) {
        boolean asking = false;
        synchronized (entries) {
            for (String reference : references) {
                @Nullable Entry entry = entries.get(new Key(namespace, reference));
                if (entry != null && entry.asking) {
                    entry.waiting.add(then);
                    asking = true;
                }
            }
        }
        if (!asking) {
            var _ = Thread.ofVirtual().name("secrets-answered").start(then);
        }
    }

    /// Wait for the answers, as long as a lookup takes.
    public SecretAnswer await(String namespace, Collection<String> references)
            throws InterruptedException {
        Instant limit = clock.instant().plus(LOOKUP);
        SecretAnswer answer = find(namespace, references);
        while (answer instanceof SecretAnswer.Waiting waiting
                && waiting.asking()
                && clock.instant().isBefore(limit)) {
            CountDownLatch answered = new CountDownLatch(1);
            whenAnswered(namespace, references, answered::countDown);
            var _ = answered.await(LOOKUP.toSeconds(), TimeUnit.SECONDS);
            answer = find(namespace, references);
        }
        return answer;
    }
}
