package dev.millwright.node.workspace;

import dev.millwright.model.RunId;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.NodeException;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.git.Fetched;
import dev.millwright.node.git.GitCache;
import dev.millwright.node.git.GitCommand;
import dev.millwright.node.git.GitException;
import dev.millwright.node.git.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One folder per run under the workspace root, filled once per run from the git cache. Called from
/// any thread.
public final class Workspaces implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workspaces.class);

    private final Path root;
    private final GitCache cache;
    private final GitCommand git;
    private final RootLock lock;
    private final Map<RunId, ReentrantLock> preparing = new ConcurrentHashMap<>();

    private Workspaces(Path root, GitCache cache, GitCommand git, RootLock lock) {
        this.root = root;
        this.cache = cache;
        this.git = git;
        this.lock = lock;
    }

    /// Take the root; throws [NodeException] when another node has it.
    public static Workspaces create(Path root, GitCache cache, GitCommand git) {
        try {
            Files.createDirectories(root);
            Path real = root.toRealPath();
            return new Workspaces(real, cache, git, RootLock.take(real));
        } catch (IOException broken) {
            throw new NodeException("the workspace root %s cannot be used".formatted(root), broken);
        }
    }

    /// Where the run's workspace is or will be.
    public Path of(RunId run) {
        return root.resolve(run.toString());
    }

    /// Fill the workspace unless that was done before, also in an earlier life. Leaves of one run
    /// wait for each other here. Throws [GitException] or [NodeException] with the reason.
    public Path prepare(RunId run, @Nullable WorkspaceRequest request) {
        ReentrantLock turn = preparing.computeIfAbsent(run, key -> new ReentrantLock());
        turn.lock();
        try {
            Path workspace = of(run);
            Path ready = readyMark(run);
            if (!Files.exists(ready)) {
                Trees.delete(workspace);
                if (request == null) {
                    Files.createDirectories(workspace);
                } else {
                    fill(workspace, request);
                }
                Files.createFile(ready);
            }
            return workspace;
        } catch (IOException broken) {
            throw new NodeException(
                    "the workspace of run %s cannot be prepared: %s"
                            .formatted(run, broken.getMessage()),
                    broken);
        } finally {
            turn.unlock();
        }
    }

    /// Beside the work tree, so that the step finds nothing but the repository in it.
    private Path readyMark(RunId run) {
        return root.resolve(run + ".ready");
    }

    private void fill(Path workspace, WorkspaceRequest request) throws IOException {
        Checkout checkout = request.checkout();
        Fetched fetched = cache.fetch(request.url(), request.commit());
        if (checkout.depth() > 0) {
            shallow(workspace, fetched, checkout.depth());
        } else {
            git.run(
                    root,
                    "clone",
                    "--quiet",
                    "--no-checkout",
                    "--shared",
                    "--",
                    fetched.bareRepository().toString(),
                    workspace.toString());
        }
        git.run(workspace, "checkout", "--quiet", "--force", "--detach", fetched.commit());
        git.run(workspace, "config", "remote.origin.url", request.url());
        if (checkout.submodules()) {
            git.run(workspace, "submodule", "update", "--quiet", "--init", "--recursive");
        }
        if (checkout.lfs()) {
            lfs(workspace);
        }
    }

    /// The pinned commit need not be the tip of anything, so it is fetched by its hash.
    private void shallow(Path workspace, Fetched fetched, int depth) {
        git.run(root, "init", "--quiet", "--", workspace.toString());
        git.run(fetched.bareRepository(), "config", "uploadpack.allowAnySHA1InWant", "true");
        git.run(
                workspace,
                "-c",
                "protocol.file.allow=always",
                "fetch",
                "--quiet",
                "--depth=" + depth,
                "file://" + fetched.bareRepository(),
                fetched.commit());
    }

    private void lfs(Path workspace) {
        if (!git.attempt(workspace, List.of("lfs", "version")).isSuccess()) {
            throw new GitException(
                    "the pipeline asks for large files, and git-lfs is not installed on this node");
        }
        git.run(workspace, "lfs", "install", "--local");
        git.run(workspace, "lfs", "pull");
    }

    /// The working directory of a step: inside the workspace, also when links are followed.
    public static Path directory(Path workspace, @Nullable String relative) {
        if (relative == null || relative.isBlank()) {
            return workspace;
        }
        try {
            Path real = workspace.toRealPath().resolve(relative).toRealPath();
            if (!real.startsWith(workspace.toRealPath())) {
                throw new NodeException("directory '%s' leaves the workspace".formatted(relative));
            }
            if (!Files.isDirectory(real)) {
                throw new NodeException("'%s' is not a directory".formatted(relative));
            }
            return real;
        } catch (IOException missing) {
            throw new NodeException(
                    "there is no directory '%s' in the workspace".formatted(relative), missing);
        }
    }

    /// Delete the workspace in the background.
    public void forget(RunId run) {
        preparing.remove(run);
        Thread.ofVirtual()
                .name("forget-" + run)
                .start(() -> {
                    try {
                        Files.deleteIfExists(readyMark(run));
                        Trees.delete(of(run));
                    } catch (IOException busy) {
                        log.warn("workspace {} could not be deleted", of(run), busy);
                    }
                });
    }

    /// Give the root back.
    @Override
    public void close() {
        lock.close();
    }
}
