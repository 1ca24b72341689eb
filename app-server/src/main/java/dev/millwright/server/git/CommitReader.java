package dev.millwright.server.git;

import dev.millwright.model.plan.Source;
import dev.millwright.server.resource.PipelineSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.jspecify.annotations.Nullable;

/// Reads commits of one open repository. Used by one thread.
final class CommitReader {
    /// Larger pipeline files are refused by the reader anyway.
    private static final int LONGEST_FILE = 1024 * 1024;

    private final Repository git;

    CommitReader(Repository git) {
        this.git = git;
    }

    /// What a run has to know about the commit.
    Source source(PipelineSpec.Repository repository, String hash, String ref, Since since)
            throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(hash));
            @Nullable RevCommit before = before(commit, since);
            PersonIdent author = commit.getAuthorIdent();
            return new Source(
                    repository.url(),
                    hash,
                    ref.isEmpty() ? null : ref,
                    after(Constants.R_HEADS, ref),
                    after(Constants.R_TAGS, ref),
                    before == null ? "" : before.name(),
                    commit.getFullMessage().strip(),
                    author == null ? "" : author.getName(),
                    author == null ? "" : author.getEmailAddress(),
                    changedFiles(before, commit),
                    repository.checkout(),
                    repository.accessOrNull());
        }
    }

    /// Null for the first commit of all.
    private @Nullable RevCommit before(RevCommit commit, Since since) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            if (!since.commit().isEmpty() && git.getObjectDatabase().has(id(since))) {
                RevCommit told = walk.parseCommit(id(since));
                return since.fromFork() ? parting(commit, told) : told;
            }
            return commit.getParentCount() == 0
                    ? null
                    : walk.parseCommit(commit.getParent(0).getId());
        }
    }

    private static ObjectId id(Since since) {
        return ObjectId.fromString(since.commit());
    }

    /// Where the histories of the two part; null when they have nothing in common.
    private @Nullable RevCommit parting(RevCommit one, RevCommit other) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            @Nullable RevCommit found = walk.next();
            return found == null ? null : walk.parseCommit(found);
        }
    }

    private static String after(String prefix, String ref) {
        return ref.startsWith(prefix) ? ref.substring(prefix.length()) : "";
    }

    private List<String> changedFiles(@Nullable RevCommit parent, RevCommit commit)
            throws IOException {
        try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
            diff.setRepository(git);
            List<String> files = new ArrayList<>();
            for (DiffEntry entry :
                    diff.scan(parent == null ? null : parent.getTree(), commit.getTree())) {
                boolean deleted = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
                files.add(deleted ? entry.getOldPath() : entry.getNewPath());
            }
            return files;
        }
    }

    /// The text of a file; empty when there is none at that path.
    Optional<String> file(String hash, String path) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(hash));
            try (TreeWalk tree = TreeWalk.forPath(git, path, commit.getTree())) {
                if (tree == null || tree.getFileMode(0).getObjectType() != Constants.OBJ_BLOB) {
                    return Optional.empty();
                }
                if (tree.getFileMode(0).equals(FileMode.SYMLINK)) {
                    throw new IOException(
                            "'%s' is a symbolic link; put the file itself there".formatted(path));
                }
                ObjectLoader blob = git.open(tree.getObjectId(0));
                if (blob.getSize() > LONGEST_FILE) {
                    throw new IOException(
                            "file '%s' has %,d bytes, more than the %,d that a pipeline file may have"
                                    .formatted(path, blob.getSize(), LONGEST_FILE));
                }
                return Optional.of(
                        new String(blob.getCachedBytes(LONGEST_FILE), StandardCharsets.UTF_8));
            }
        }
    }

    /// The files directly in a folder, by name.
    List<String> filesIn(String hash, String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(hash));
            try (TreeWalk found = TreeWalk.forPath(git, folder, commit.getTree())) {
                if (found == null || !found.isSubtree()) {
                    return names;
                }
                try (TreeWalk inside = new TreeWalk(git)) {
                    inside.addTree(found.getObjectId(0));
                    while (inside.next()) {
                        if (!inside.isSubtree()) {
                            names.add(folder + "/" + inside.getPathString());
                        }
                    }
                }
            }
        }
        return names;
    }
}
