package dev.millwright.node.workspace;

import dev.millwright.model.RunId;
import dev.millwright.node.NodeException;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.git.GitCache;
import dev.millwright.node.git.Trees;
import dev.millwright.node.git.WorkTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One folder per run under the workspace root, filled once per run from the git cache. Called from
/// any thread.
public final class Workspaces implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workspaces.class);
    private static final String LEFTOVER = ".leftover-";

    private final Path root;
    private final WorkTrees workTrees;
    private final RootLock lock;
    private final Map<RunId, Preparation> preparations = new ConcurrentHashMap<>();

    private Workspaces(Path root, WorkTrees workTrees, RootLock lock) {
        this.root = root;
        this.workTrees = workTrees;
        this.lock = lock;
    }

    /// Take the root; throws [NodeException] when another node has it.
    public static Workspaces create(Path root, GitCache cache) {
        RootLock lock = take(root);
        try {
            Workspaces workspaces = new Workspaces(root.toRealPath(), new WorkTrees(cache), lock);
            workspaces.deleteLeftovers();
            return workspaces;
        } catch (IOException broken) {
            throw unusable(root, broken);
        }
    }

    /// Look whether [#create] could take the root; throws [NodeException] when it could not.
    public static void tryRoot(Path root) {
        take(root).close();
    }

    private static RootLock take(Path root) {
        try {
            Files.createDirectories(root);
            return RootLock.take(root.toRealPath(), "workspace root", "--workspace-root");
        } catch (IOException broken) {
            throw unusable(root, broken);
        }
    }

    private static NodeException unusable(Path root, IOException broken) {
        return new NodeException(
                "the workspace root %s cannot be used: %s".formatted(root, broken.getMessage()),
                broken);
    }

    /// Where the run's workspace is or will be.
    public Path of(RunId run) {
        return root.resolve(run.toString());
    }

    /// The runs that have a workspace.
    public List<RunId> runs() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                    .map(RunId::parse)
                    .toList();
        } catch (IOException broken) {
            throw new NodeException("the workspace root %s cannot be read".formatted(root), broken);
        }
    }

    /// Fill the workspace unless that was done before, also in an earlier life. All leaves of a run
    /// get the same; after a failure the next one tries again. It fails with a
    /// [MillwrightException] that tells why.
    public CompletableFuture<Path> prepare(RunId run, @Nullable WorkspaceRequest request) {
        Path workspace = of(run);
        if (Files.isDirectory(workspace)) {
            return CompletableFuture.completedFuture(workspace);
        }
        Preparation preparation =
                preparations.compute(
                        run,
                        (_, going) ->
                                going == null || going.ready().isCompletedExceptionally()
                                        ? preparation(workspace, request)
                                        : going);
        return preparation.ready();
    }

    private Preparation preparation(Path workspace, @Nullable WorkspaceRequest request) {
        Preparation preparation =
                new Preparation(
                        workspace,
                        leftover(),
                        folder -> {
                            if (request != null) {
                                workTrees.fill(folder, request);
                            }
                        });
        preparation.start();
        return preparation;
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
        } catch (InvalidPathException impossible) {
            throw new NodeException("'%s' cannot be a directory".formatted(relative), impossible);
        }
    }

    /// Take the workspace away; its files are deleted in the background.
    public void forget(RunId run) {
        Preparation going = preparations.remove(run);
        if (going != null) {
            going.giveUp();
        }
        Path leftover = leftover();
        try {
            if (Files.isDirectory(of(run))) {
                Files.move(of(run), leftover, StandardCopyOption.ATOMIC_MOVE);
                Thread.ofVirtual().name("forget-" + run).start(() -> delete(leftover));
            }
        } catch (IOException busy) {
            log.warn("workspace {} could not be moved away", of(run), busy);
        }
    }

    private Path leftover() {
        return root.resolve(LEFTOVER + UUID.randomUUID());
    }

    /// What an earlier life did not get done.
    private void deleteLeftovers() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            List<Path> left =
                    entries.filter(path -> path.getFileName().toString().startsWith(LEFTOVER))
                            .toList();
            Thread.ofVirtual()
                    .name("leftover-workspaces")
                    .start(() -> left.forEach(Workspaces::delete));
        }
    }

    private static void delete(Path folder) {
        try {
            Trees.delete(folder);
        } catch (IOException busy) {
            log.warn("{} could not be deleted", folder, busy);
        }
    }

    /// Give the root back.
    @Override
    public void close() {
        preparations.values().forEach(Preparation::giveUp);
        lock.close();
    }
}
