package dev.millwright.node.workspace;

import dev.millwright.model.MillwrightException;
import dev.millwright.node.NodeException;
import dev.millwright.node.git.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The filling of one workspace, on a thread of its own, so that whoever waits for it can stop
/// waiting. The folder gets its name when it is complete: a workspace that is there is ready.
final class Preparation {
    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final Path workspace;
    private final Path draft;
    private final Filling filling;
    private final CompletableFuture<Path> ready = new CompletableFuture<>();
    private final Thread thread;
    private boolean givenUp;

    /// Puts files into an empty folder.
    interface Filling {
        void fill(Path folder) throws IOException;
    }

    /// @param draft where it is filled; unique, since a git process of an earlier life may still
    ///   write into its own
    Preparation(Path workspace, Path draft, Filling filling) {
        this.workspace = workspace;
        this.draft = draft;
        this.filling = filling;
        this.thread =
                Thread.ofVirtual()
                        .name("workspace-" + workspace.getFileName())
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Fails with a [MillwrightException] that tells why.
    CompletableFuture<Path> ready() {
        return ready;
    }

    private void run() {
        try {
            Files.createDirectories(draft);
            filling.fill(draft);
            publish();
        } catch (IOException broken) {
            fail(
                    new NodeException(
                            "the workspace %s cannot be prepared: %s"
                                    .formatted(workspace, broken.getMessage()),
                            broken));
        } catch (MillwrightException refused) {
            fail(refused);
        } catch (RuntimeException unexpected) {
            log.error("workspace {} could not be prepared", workspace, unexpected);
            fail(
                    new NodeException(
                            "the workspace %s cannot be prepared: %s"
                                    .formatted(workspace, unexpected),
                            unexpected));
        }
    }

    private synchronized void publish() throws IOException {
        if (givenUp) {
            throw new NodeException("the run of workspace %s is over".formatted(workspace));
        }
        Files.move(draft, workspace, StandardCopyOption.ATOMIC_MOVE);
        ready.complete(workspace);
    }

    private void fail(MillwrightException why) {
        try {
            Trees.delete(draft);
        } catch (IOException busy) {
            log.warn("{} could not be deleted", draft, busy);
        }
        ready.completeExceptionally(why);
    }

    /// Nobody wants it any more.
    synchronized void giveUp() {
        givenUp = true;
        thread.interrupt();
    }
}
