package dev.millwright.gitpoll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

/// The newest commits of a branch, in a folder that is thrown away: fetched without files, where
/// the server can leave them out.
///
/// Used by one thread.
final class History implements AutoCloseable {
    /// More commits of one branch between two looks than that are one: the newest.
    static final int MOST = 100;

    private final Path folder;
    private final Repository repository;

    private History(Path folder, Repository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /// Opens a transport for a repository.
    @FunctionalInterface
    interface Opening {
        Transport open(Repository repository) throws IOException;
    }

    static History in(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "history");
        Repository repository =
                new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
        repository.create(true);
        neverTidied(repository.getConfig());
        return new History(folder, repository);
    }

    /// After a fetch JGit tidies up in a thread of its own, which would go on in a folder that is
    /// being deleted, and in a plugin that is being unloaded.
    private static void neverTidied(StoredConfig config) throws IOException {
        config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
        config.setBoolean(
                ConfigConstants.CONFIG_GC_SECTION,
                null,
                ConfigConstants.CONFIG_KEY_AUTODETACH,
                false);
        config.save();
    }

    void fetch(Opening opening, String ref) throws IOException {
        try {
            fetch(opening, ref, FilterSpec.fromFilterLine("tree:0"));
        } catch (TransportException unable) {
            // Most servers of forges can; Git's own has to be told so by its administrator
            if (!String.valueOf(unable.getMessage())
                    .endsWith(JGitText.get().filterRequiresCapability)) {
                throw unable;
            }
            fetch(opening, ref, FilterSpec.NO_FILTER);
        }
    }

    private void fetch(Opening opening, String ref, FilterSpec filter) throws IOException {
        try (Transport transport = opening.open(repository)) {
            transport.setDepth(MOST + 1);
            transport.setFilterSpec(filter);
            transport.setTagOpt(TagOpt.NO_TAGS);
            var _ =
                    transport.fetch(
                            NullProgressMonitor.INSTANCE,
                            List.of(new RefSpec("+" + ref + ":refs/heads/news")));
        }
    }

    List<String> between(News.Change change) throws IOException {
        ObjectId before = ObjectId.fromString(change.before());
        List<String> line = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setFirstParent(true);
            walk.markStart(walk.parseCommit(ObjectId.fromString(change.now())));
            for (RevCommit commit : walk) {
                if (commit.equals(before)) {
                    return List.copyOf(line.reversed());
                }
                if (line.size() == MOST) {
                    break;
                }
                line.add(commit.name());
            }
        }
        return List.of(change.now());
    }

    @Override
    public void close() throws IOException {
        repository.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
