package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.internal.WorkQueue;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    @TempDir Path folder;

    @Test
    void nothingGoesOnInItsFolderWhenItsCommitsAreThere() throws Exception {
        Origin origin = Origin.create(folder.resolve("web.git"));
        String before = origin.commit("main");
        String now = origin.commit("main");
        Path parent = Files.createDirectory(folder.resolve("histories"));
        URIish url = new URIish(origin.folder().toString());
        // From its first use on, JGit looks there for repositories that were forgotten
        RepositoryCache.clear();
        long tasks = WorkQueue.getExecutor().getTaskCount();

        try (History history = History.in(parent)) {
            history.fetch(repository -> Transport.open(repository, url), "refs/heads/main");
            assertThat(history.between(new News.Change("refs/heads/main", before, now)))
                    .containsExactly(now);
        }

        assertThat(WorkQueue.getExecutor().getTaskCount())
                .as("what JGit does in its own thread")
                .isEqualTo(tasks);
        assertThat(parent).isEmptyDirectory();
    }
}
