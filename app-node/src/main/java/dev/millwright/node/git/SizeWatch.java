package dev.millwright.node.git;

import dev.millwright.model.Bytes;
import dev.millwright.node.process.Command;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Sees that a folder which git fills stays within its limits. Used by one thread.
final class SizeWatch implements Command.Watch {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    /// The disk belongs to all, and asking how full it is costs nothing.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// Looking at the folder takes no more than one part in so many.
    private static final int PAUSES_FOR_A_LOOK = 20;

    /// Small things are brought even when the disk is full: so a run can be planned that waits.
    private static final long ROOM_FOR_SMALL_THINGS = 16L << 20;

    private final Path folder;
    private final String what;
    private final Limit bytes;
    private final Limit files;
    private final long free;
    private final ToLongFunction<Path> disk;
    private final LongSupplier nanos;
    private final long before;
    private boolean looked;
    private boolean ofDisk;
    private long nextLook;
    private Optional<String> problem = Optional.empty();

    /// @param setting where an administrator changes it
    record Limit(long most, String setting) {}

    /// @param disk tells how many bytes are free where a folder lies
    /// @param nanos as [System#nanoTime()]
    SizeWatch(
            Path folder,
            String what,
            Limit bytes,
            Limit files,
            long free,
            ToLongFunction<Path> disk,
            LongSupplier nanos) {
        this.folder = folder;
        this.what = what;
        this.bytes = bytes;
        this.files = files;
        this.free = free;
        this.disk = disk;
        this.nanos = nanos;
        this.before = disk.applyAsLong(folder);
        this.nextLook = nanos.getAsLong();
    }

    /// For the copy of a repository.
    static SizeWatch ofRepository(Path bare, String url, GitLimits limits) {
        return new SizeWatch(
                bare,
                "the repository %s is too large for this node: its copy".formatted(shown(url)),
                new Limit(
                        limits.repositoryBytes(),
                        "'git.repository-limit' of the server (for itself and its own node), or"
                                + " '--repository-limit' of 'millwright node run'"),
                new Limit(Long.MAX_VALUE, ""),
                limits.freeBytes(),
                SizeWatch::freeBytes,
                System::nanoTime);
    }

    /// For a workspace.
    static SizeWatch ofWorkspace(Path folder, String url, String commit, GitLimits limits) {
        return new SizeWatch(
                folder,
                "commit %s of %s is too large for this node: its workspace"
                        .formatted(commit, shown(url)),
                new Limit(
                        limits.workspaceBytes(),
                        "'node.workspace-limit' of the server for its own node,"
                                + " '--workspace-limit' of 'millwright node run' for others"),
                new Limit(
                        limits.workspaceFiles(),
                        "'node.workspace-files' of the server for its own node,"
                                + " '--workspace-files' of 'millwright node run' for others"),
                limits.freeBytes(),
                SizeWatch::freeBytes,
                System::nanoTime);
    }

    private static String shown(String url) {
        return GitUrl.withoutCredentials(url);
    }

    private static long freeBytes(Path folder) {
        return folder.toFile().getUsableSpace();
    }

    @Override
    public boolean letsGoOn() {
        boolean isTime = nanos.getAsLong() - nextLook >= 0;
        if (!isTime || excess().isEmpty()) {
            problem = diskProblem();
            ofDisk = problem.isPresent();
        }
        return problem.isEmpty();
    }

    @Override
    public Duration pause() {
        Duration rest = Duration.ofNanos(nextLook - nanos.getAsLong());
        if (rest.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return rest.compareTo(LONGEST_PAUSE) < 0 ? rest : LONGEST_PAUSE;
    }

    /// What it found last, as a sentence for people; empty when all is well.
    Optional<String> problem() {
        return problem;
    }

    /// The same for whoever asked for it.
    Optional<GitException> refusal() {
        return problem.map(ofDisk ? GitException::noRoom : GitException::tooLarge);
    }

    /// Look once more now that git is done, unless it was too quick for a first look.
    Optional<String> lastExcess() {
        return looked ? excess() : Optional.empty();
    }

    /// Look whether the folder is within its own limits, whatever the disk says.
    Optional<String> excess() {
        looked = true;
        ofDisk = false;
        long started = nanos.getAsLong();
        Sum sum = new Sum();
        try {
            if (Files.isDirectory(folder)) {
                Files.walkFileTree(folder, sum);
            }
        } catch (IOException broken) {
            throw new GitException("%s cannot be looked at".formatted(folder), broken);
        }
        problem = sum.problem();
        long ended = nanos.getAsLong();
        nextLook = ended + (ended - started) * PAUSES_FOR_A_LOOK;
        return problem;
    }

    /// What is wrong with those files and folders, before any of them is written.
    Optional<String> problemOf(PathCount paths) {
        Optional<String> many = problemOfFiles(paths.paths());
        return many.isPresent() || !paths.isTooLong()
                ? many
                : Optional.of(
                        "%s would have paths of more than %d bytes for each of %s files and folders; the limit is %s"
                                .formatted(
                                        what,
                                        PathCount.LONGEST_MEAN,
                                        number(files.most()),
                                        files.setting()));
    }

    private Optional<String> problemOfFiles(long number) {
        return number <= files.most()
                ? Optional.empty()
                : Optional.of(
                        "%s would have more than %s files and folders; the limit is %s"
                                .formatted(what, number(files.most()), files.setting()));
    }

    private Optional<String> diskProblem() {
        long left = disk.applyAsLong(folder);
        return left >= free || left > before - ROOM_FOR_SMALL_THINGS
                ? Optional.empty()
                : Optional.of(
                        "%s finds no room: %s are free on the disk of %s, where %s have to stay free (always so on the server and its own node; '--min-free' of 'millwright node run' on others); make room"
                                .formatted(what, Bytes.words(left), folder, Bytes.words(free)));
    }

    /// Git's own files are few, or its own matter.
    private Path dotGit() {
        return folder.resolve(".git");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// Files come and go while they are counted.
    private final class Sum extends SimpleFileVisitor<Path> {
        private long size;
        private long count;
        private boolean ofGit;

        @Override
        public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
            ofGit |= entered.equals(dotGit());
            return entered.equals(folder) ? FileVisitResult.CONTINUE : counted();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            size += attributes.size();
            return counted();
        }

        private FileVisitResult counted() {
            count += ofGit ? 0 : 1;
            return problem().isEmpty() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path left, @Nullable IOException gone) {
            ofGit &= !left.equals(dotGit());
            return FileVisitResult.CONTINUE;
        }

        private Optional<String> problem() {
            return size <= bytes.most()
                    ? problemOfFiles(count)
                    : Optional.of(
                            "%s would take more than %s; the limit is %s"
                                    .formatted(what, Bytes.words(bytes.most()), bytes.setting()));
        }
    }
}
