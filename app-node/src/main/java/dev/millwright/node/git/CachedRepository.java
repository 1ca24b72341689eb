package dev.millwright.node.git;

import dev.millwright.node.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cache of one repository. Called from any thread; what changes it happens under its lock.
final class CachedRepository {
    private static final Logger log = LoggerFactory.getLogger(CachedRepository.class);
    private static final Pattern FULL_HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int FETCHES_BETWEEN_TIDYING = 50;
    private static final int REMEMBERED = 10_000;

    /// A repository does not become small from one moment to the next, and every try may bring
    /// gibibytes in vain.
    static final Duration EXCESS_HOLDS = Duration.ofMinutes(5);

    private final Generations generations;
    private final String url;
    private final GitCommand git;
    private final GitLimits limits;
    private final LongSupplier nanos;

    /// Git with the proof of whoever asks at the moment.
    private GitCommand talking;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Recent> recent = new HashMap<>();
    private int fetches;

    /// More lies there than may, perhaps of branches that are gone.
    private boolean outgrown;

    /// Why the last new clone did not fit; null when it did.
    private @Nullable Excess excess;

    /// @param nanos when it was found
    private record Excess(GitException refusal, long nanos) {}

    /// @param startedNanos when the command that found it began
    private record Recent(long startedNanos, Fetched fetched) {}

    /// @param nanos as [System#nanoTime()]
    CachedRepository(
            Generations generations,
            String url,
            GitCommand git,
            GitLimits limits,
            LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.generations = generations;
        this.url = url;
        this.git = git;
        this.talking = git;
    }

    /// @param asking git with the proof of who asks
    Fetched fetch(String wanted, GitCommand asking) {
        long arrived = System.nanoTime();
        lock.lock();
        talking = asking;
        try {
            if (!generations.isUsable() || (outgrown && !isThere(wanted))) {
                return anew(wanted);
            }
            // Whoever waited here need not ask for what was asked after it came
            Recent last = recent.get(wanted);
            if (last != null && last.startedNanos() - arrived > 0) {
                return last.fetched();
            }
            try {
                return fetched(wanted);
            } catch (GitException refused) {
                if (refused.isExcess() && outgrown) {
                    log.info("The cache of {} has outgrown its limit and is made anew", shown());
                    return anew(wanted);
                }
                if (!refused.isDamage()) {
                    throw refused;
                }
                if (refused.isConflict() && prunes()) {
                    return fetched(wanted);
                }
                log.warn("The cache of {} is made anew: {}", shown(), refused.getMessage());
                return anew(wanted);
            }
        } catch (IOException broken) {
            throw new GitException(
                    "the git cache %s cannot be used".formatted(generations), broken);
        } finally {
            talking = git;
            lock.unlock();
        }
    }

    Fetched renew(String wanted, Fetched broken, GitCommand asking) {
        lock.lock();
        talking = asking;
        try {
            // Somebody else may have been here for the same reason
            if (generations.isUsable() && !generations.current().equals(broken.bareRepository())) {
                return fetched(wanted);
            }
            log.warn("The cache of {} is damaged and is made anew", shown());
            return anew(wanted);
        } catch (IOException unusable) {
            throw new GitException(
                    "the git cache %s cannot be used".formatted(generations), unusable);
        } finally {
            talking = git;
            lock.unlock();
        }
    }

    private Fetched anew(String wanted) throws IOException {
        Excess last = excess;
        if (last != null && nanos.getAsLong() - last.nanos() < EXCESS_HOLDS.toNanos()) {
            throw last.refusal();
        }
        known.clear();
        recent.clear();
        generations.next();
        try {
            fetchAll();
            Fetched fetched = fetched(wanted);
            excess = null;
            return fetched;
        } catch (GitException refused) {
            if (refused.isExcess()) {
                excess = refused.isLasting() ? new Excess(refused, nanos.getAsLong()) : null;
                generations.drop();
                outgrown = generations.isUsable();
            }
            throw refused;
        }
    }

    private Fetched fetched(String wanted) throws IOException {
        tidy();
        long started = System.nanoTime();
        Fetched fetched = FULL_HASH.matcher(wanted).matches() ? commit(wanted) : ref(wanted);
        if (known.size() >= REMEMBERED) {
            known.clear();
            recent.clear();
        }
        known.add(fetched.commit());
        recent.put(wanted, new Recent(started, fetched));
        return fetched;
    }

    private Fetched commit(String hash) throws IOException {
        Path bare = generations.current();
        if (!isThere(hash)) {
            fetchAll();
            if (!has(hash)) {
                // Servers may give a commit that no branch or tag leads to
                bring(hash);
            }
        }
        return new Fetched(bare, hash, "");
    }

    private Fetched ref(String name) throws IOException {
        Path bare = generations.current();
        if (name.startsWith("refs/heads/")) {
            return new Fetched(bare, fetchRef(name), name);
        }
        RemoteRefs.Found found = RemoteRefs.find(talking, bare, name);
        if (found.ref().isEmpty()) {
            // Without a name: the default branch is no branch, as in a work tree at a commit
            return name.isEmpty()
                    ? commit(found.commit())
                    : new Fetched(bare, abbreviated(name), "");
        }
        if (known.contains(found.commit())) {
            return new Fetched(bare, found.commit(), found.ref());
        }
        String fetched = fetchRef(found.ref());
        // It may have moved between the question and the answer
        String commit = has(found.commit()) ? found.commit() : peeled(fetched);
        return new Fetched(bare, commit, found.ref());
    }

    /// Fetch one ref and say where it points to; for an annotated tag that is the tag itself.
    private String fetchRef(String ref) throws IOException {
        Path bare = generations.current();
        bring("--force", "+" + ref + ":" + ref);
        return Files.readString(bare.resolve("FETCH_HEAD")).split("\\s", 2)[0];
    }

    private String abbreviated(String commit) throws IOException {
        if (commit.matches("[0-9a-f]{4,64}")) {
            if (!has(commit)) {
                fetchAll();
            }
            if (has(commit)) {
                return peeled(commit);
            }
        }
        throw new GitException(
                "the repository %s has no branch, tag or commit '%s'".formatted(shown(), commit));
    }

    private String peeled(String object) {
        return git.run(generations.current(), "rev-parse", "--verify", object + "^{commit}");
    }

    private void fetchAll() throws IOException {
        bring("--force", "--prune", "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");
    }

    /// Fetch from the other side, no more than there is room for. What was fetched before stays as
    /// it is when that fails or is interrupted; nothing is left of what came.
    ///
    /// @param what options of `git fetch`, and names
    private void bring(String... what) throws IOException {
        Path bare = generations.current();
        List<String> arguments = new ArrayList<>(List.of("fetch", "--quiet", "origin"));
        arguments.addAll(List.of(what));
        SizeWatch watch = SizeWatch.ofRepository(bare, url, limits);
        boolean complete = false;
        try {
            talking.run(bare, watch, arguments);
            complete = true;
        } finally {
            if (!complete) {
                generations.deleteHalfPacks();
            }
            outgrown = watch.excess().isPresent();
        }
        if (outgrown) {
            throw GitException.tooLarge(watch.problem().orElse(""));
        }
    }

    /// A branch `a` that became `a/b` on the other side is in its own way.
    private boolean prunes() throws IOException {
        try {
            fetchAll();
            return true;
        } catch (GitException stillBroken) {
            return false;
        }
    }

    /// Whether it is a commit that needs nobody on the other side.
    private boolean isThere(String wanted) {
        return known.contains(wanted) || (FULL_HASH.matcher(wanted).matches() && has(wanted));
    }

    private boolean has(String commit) {
        return git.attempt(generations.current(), List.of("cat-file", "-e", commit + "^{commit}"))
                .isSuccess();
    }

    /// Many small packs make everything slow; git knows when there are too many. A commit that no
    /// branch leads to any more stays for two weeks (`gc.pruneExpire`), for the runs that are
    /// pinned to it. A fetch that was killed leaves half a pack behind.
    private void tidy() throws IOException {
        if (fetches++ % FETCHES_BETWEEN_TIDYING != 0) {
            return;
        }
        generations.deleteHalfPacks();
        CommandResult tidied =
                git.attempt(
                        generations.current(),
                        List.of(
                                "-c",
                                "gc.auto=6700",
                                "-c",
                                "gc.autoDetach=false",
                                "gc",
                                "--auto",
                                "--quiet"));
        if (!tidied.isSuccess()) {
            log.warn("The cache of {} could not be tidied: {}", shown(), tidied.err().strip());
        }
    }

    private String shown() {
        return GitUrl.withoutCredentials(url);
    }
}
