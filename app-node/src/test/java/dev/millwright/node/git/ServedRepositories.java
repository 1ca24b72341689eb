package dev.millwright.node.git;

import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.plugin.NetworkWall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Repositories on git's own server, the first of which is `web`, and a cache that has limits.
abstract class ServedRepositories {
    static final long MIB = 1L << 20;
    static final long MUCH = 1L << 40;

    @TempDir Path folder;

    /// What the caches take for [System#nanoTime()].
    final AtomicLong nanos = new AtomicLong();

    Path web;
    GitHttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = GitHttpServer.start(Files.createDirectory(folder.resolve("served")));
        web = repository("web");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Path repository(String name) {
        Path repository = folder.resolve("served").resolve(name);
        TestGit.init(repository);
        Pieces.haveNothingInCommon(repository);
        return repository;
    }

    /// The next life of the cache.
    GitCache cache(GitLimits limits) {
        return GitCache.create(
                folder.resolve("cache"),
                new GitSettings(true, true, Duration.ofMinutes(30), NetworkWall.OPEN, limits),
                List.of(trees()),
                nanos::get);
    }

    GitCache smallCache(long mebibytes) {
        return cache(new GitLimits(mebibytes * MIB, MUCH, MUCH, 0));
    }

    /// In the repository `web`, with so much that cannot be made smaller.
    String commitOf(int mebibytes) throws IOException {
        Pieces.write(web.resolve("large"), mebibytes);
        return TestGit.commit(web, "with something large");
    }

    private Path trees() {
        return folder.resolve("trees");
    }

    Path fill(GitLimits limits, String commit, Checkout checkout) throws IOException {
        Path tree = Files.createTempDirectory(Files.createDirectories(trees()), "tree");
        WorkspaceRequest request =
                new WorkspaceRequest(server.url("/open/web"), commit, "refs/heads/main", checkout);
        new WorkTrees(cache(limits)).fill(tree, request);
        return tree;
    }
}
