package dev.millwright.node.git;

import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.RepositoryLogin;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.process.CommandResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Make work trees of pinned commits. Called from any thread.
///
/// The skeleton of `.git` is written here and borrows its objects from the cache, so that a single
/// git process remains: the one that writes the files.
public final class WorkTrees {
    private static final String BRANCHES = "refs/heads/";
    private static final String ALTERNATES = "objects/info/alternates";
    private static final int LONGEST_ALTERNATES = 64 * 1024;
    private static final Pattern ENDPOINT = Pattern.compile("(?m)^Endpoint(?: \\(.*\\))?=(\\S+)");
    private static final List<String> SUBMODULES =
            List.of("submodule", "update", "--quiet", "--init", "--recursive");

    private final GitCache cache;
    private final GitCommand git;
    private final GitLimits limits;

    public WorkTrees(GitCache cache) {
        this.cache = cache;
        this.git = cache.git();
        this.limits = cache.limits();
    }

    /// Fill an empty folder with exactly the commit. Its ref names the branch that is checked out;
    /// anything else leaves HEAD at the commit.
    public void fill(Path folder, WorkspaceRequest request) {
        String url = request.url();
        String commit = request.commit();
        String ref = request.ref().orElse("");
        Checkout checkout = request.checkout();
        RepositoryLogin login = request.login();
        Fetched fetched = fetched(url, login, commit, ref);
        try {
            checkOut(folder, url, fetched, ref, checkout);
        } catch (GitException refused) {
            if (!refused.isDamage()) {
                throw refused;
            }
            Fetched renewed = cache.renew(url, login, commit, fetched);
            empty(folder);
            checkOut(folder, url, renewed, ref, checkout);
        }
        GitCommand talking = cache.git(url, login.ofParts());
        SizeWatch watch = SizeWatch.ofWorkspace(folder, url, commit, limits);
        if (checkout.submodules()) {
            talking.run(folder, watch, SUBMODULES);
        }
        if (checkout.lfs()) {
            largeFiles(folder, talking, watch);
        }
        if (checkout.submodules() || checkout.lfs()) {
            refuse(watch.excess());
        }
    }

    /// Not every server gives a commit by its hash; one that a pull request brings may be reached
    /// by its ref only.
    private Fetched fetched(String url, RepositoryLogin login, String commit, String ref) {
        try {
            return cache.fetch(url, login, commit);
        } catch (GitException unreachable) {
            if (unreachable.isExcess() || ref.isEmpty() || ref.startsWith(BRANCHES)) {
                throw unreachable;
            }
            cache.fetch(url, login, ref);
            return cache.fetch(url, login, commit);
        }
    }

    private void checkOut(Path folder, String url, Fetched fetched, String ref, Checkout checkout) {
        Path dotGit = folder.resolve(".git");
        boolean shallow = checkout.depth() > 0;
        SizeWatch watch = SizeWatch.ofWorkspace(folder, url, fetched.commit(), limits);
        checkNumber(fetched, watch);
        try {
            Files.createDirectories(dotGit.resolve("objects/info"));
            Files.createDirectories(dotGit.resolve("refs"));
            Files.writeString(dotGit.resolve("config"), config(url, fetched, ref));
            Files.writeString(dotGit.resolve("HEAD"), head(fetched, ref));
            Files.writeString(dotGit.resolve("packed-refs"), refs(fetched, ref, shallow));
            if (!shallow) {
                Files.writeString(
                        dotGit.resolve(ALTERNATES),
                        fetched.bareRepository().toRealPath().resolve("objects") + "\n");
            }
        } catch (IOException full) {
            throw new GitException(
                    "the work tree %s cannot be written: %s".formatted(folder, full.getMessage()),
                    full);
        }
        if (shallow) {
            fetchShallow(folder, fetched, checkout.depth(), watch);
        }
        git.run(folder, watch, List.of("reset", "--quiet", "--hard", fetched.commit()));
        refuse(watch.lastExcess());
    }

    private static void refuse(Optional<String> excess) {
        if (excess.isPresent()) {
            throw GitException.tooLarge(excess.get());
        }
    }

    /// Count before anything is written: git keeps all paths in memory, and a few trees that name
    /// each other can stand for more files and folders than any machine has room, or time, for.
    private void checkNumber(Fetched fetched, SizeWatch watch) {
        PathCount count = new PathCount(limits.workspaceFiles());
        List<String> listing =
                List.of("ls-tree", "-r", "-t", "-z", "--name-only", fetched.commit());
        CommandResult result = git.attempt(fetched.bareRepository(), count, listing);
        refuse(watch.problemOf(count));
        git.check(listing, result);
    }

    /// The pinned commit need not be the tip of anything, so it is fetched by its hash.
    private void fetchShallow(Path folder, Fetched fetched, int depth, SizeWatch watch) {
        git.run(
                folder,
                watch,
                List.of(
                        "-c",
                        "protocol.file.allow=always",
                        "-c",
                        "uploadpack.allowAnySHA1InWant=true",
                        "fetch",
                        "--quiet",
                        "--no-tags",
                        "--update-shallow",
                        "--depth=" + depth,
                        "file://" + fetched.bareRepository(),
                        fetched.commit()));
    }

    private static String head(Fetched fetched, String ref) {
        return ref.startsWith(BRANCHES) ? "ref: " + ref + "\n" : fetched.commit() + "\n";
    }

    /// Branches of the cache become those of `origin`; the pinned branch is where the commit is.
    private static String refs(Fetched fetched, String ref, boolean shallow) throws IOException {
        Map<String, String> all = new TreeMap<>();
        if (!shallow) {
            BareRefs.of(fetched.bareRepository())
                    .forEach((name, hash) -> all.put(mirrored(name), hash));
        }
        if (ref.startsWith(BRANCHES)) {
            all.put(ref, fetched.commit());
            all.put(mirrored(ref), fetched.commit());
        }
        StringBuilder text = new StringBuilder("# pack-refs with: sorted\n");
        all.forEach((name, hash) -> text.append(hash).append(' ').append(name).append('\n'));
        return text.toString();
    }

    private static String mirrored(String ref) {
        return ref.startsWith(BRANCHES)
                ? "refs/remotes/origin/" + ref.substring(BRANCHES.length())
                : ref;
    }

    private static String config(String url, Fetched fetched, String ref) {
        boolean sha256 = fetched.commit().length() == 64;
        String text =
                """
                [core]
                \trepositoryformatversion = %d
                \tfilemode = true
                \tbare = false
                \tlogallrefupdates = true
                [remote "origin"]
                \turl = %s
                \tfetch = +refs/heads/*:refs/remotes/origin/*
                """
                        .formatted(sha256 ? 1 : 0, quoted(url));
        if (sha256) {
            text += "[extensions]\n\tobjectformat = sha256\n";
        }
        if (ref.startsWith(BRANCHES)) {
            text +=
                    "[branch %s]\n\tremote = origin\n\tmerge = %s\n"
                            .formatted(quoted(ref.substring(BRANCHES.length())), quoted(ref));
        }
        return text;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void largeFiles(Path folder, GitCommand talking, SizeWatch watch) {
        if (!git.attempt(folder, List.of("lfs", "version")).isSuccess()) {
            throw new GitException(
                    "the pipeline asks for large files, and git-lfs is not installed on this node;"
                            + " install it, or say 'lfs: false'");
        }
        // Without its hooks: hooks are off here, and the filter is all that is needed
        git.run(folder, "lfs", "install", "--local", "--skip-repo");
        // It reaches this machine without the way out that git has
        ENDPOINT.matcher(git.run(folder, "lfs", "env"))
                .results()
                .forEach(endpoint -> cache.checkHost(endpoint.group(1)));
        talking.run(folder, watch, List.of("lfs", "pull"));
    }

    /// The folders of objects that work trees lean on.
    ///
    /// @param workspaces folders with a work tree each
    static Set<Path> lenders(List<Path> workspaces) throws IOException {
        Set<Path> lenders = new HashSet<>();
        for (Path folder : workspaces) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> trees = Files.newDirectoryStream(folder)) {
                    for (Path tree : trees) {
                        lenders.addAll(lendersOf(tree.resolve(".git").resolve(ALTERNATES)));
                    }
                }
            }
        }
        return lenders;
    }

    /// A step may have put anything there; it only keeps things from being deleted.
    private static List<Path> lendersOf(Path alternates) {
        try {
            return Files.isRegularFile(alternates) && Files.size(alternates) < LONGEST_ALTERNATES
                    ? Files.readString(alternates).lines().map(Path::of).toList()
                    : List.of();
        } catch (IOException | InvalidPathException unusable) {
            return List.of();
        }
    }

    private static void empty(Path folder) {
        try {
            Trees.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException busy) {
            throw new GitException("%s cannot be emptied".formatted(folder), busy);
        }
    }
}
