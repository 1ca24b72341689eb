package dev.millwright.node.git;

import static dev.millwright.node.git.TestGit.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.plugin.NetworkWall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Repositories that want their own code to run while they are checked out.
@Tag("S30")
final class HostileRepositoryTest {
    private static final Checkout WITH_ALL = new Checkout(0, true, true);

    @TempDir Path folder;
    private Path marker;
    private Path web;
    private GitHttpServer server;
    private WorkTrees trees;

    @BeforeEach
    void start() throws Exception {
        marker = folder.resolve("pwned");
        server = GitHttpServer.start(Files.createDirectory(folder.resolve("served")));
        web = folder.resolve("served/web");
        TestGit.init(web);
        GitSettings settings =
                new GitSettings(
                        true, true, Duration.ofSeconds(60), NetworkWall.OPEN, GitLimits.DEFAULT);
        trees = new WorkTrees(GitCache.create(folder.resolve("cache"), settings));
    }

    @AfterEach
    void nothingRan() {
        server.close();
        assertThat(marker).doesNotExist();
    }

    private Path checkOut(String commit, Checkout checkout) throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        trees.fill(
                tree,
                new WorkspaceRequest(server.url("/open/web"), commit, "refs/heads/main", checkout));
        return tree;
    }

    private String script() {
        return "#!/bin/sh\ntouch '%s'\n".formatted(marker);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// A commit that names `lib` as a submodule.
    private String withSubmodule(String path, String settings) throws IOException {
        Path lib = folder.resolve("served/lib");
        TestGit.init(lib);
        executable(lib.resolve("post-checkout"), script());
        String pinned = TestGit.commit(lib, "of the library");
        Files.writeString(web.resolve(".gitmodules"), "[submodule \"sub\"]\n" + settings);
        git(web, "update-index", "--add", "--cacheinfo", "160000," + pinned + "," + path);
        git(web, "add", ".gitmodules");
        git(web, "commit", "-q", "-m", "with a submodule");
        return git(web, "rev-parse", "HEAD");
    }

    /// Git once wrote the hook of such a submodule to where the link leads: CVE-2025-48384.
    @Test
    void aSubmoduleWhosePathEndsInAReturnBringsNoHook() throws Exception {
        Files.createSymbolicLink(web.resolve("sub"), Path.of(".git/modules/sub/hooks"));
        git(web, "add", "sub");
        String commit = withSubmodule("sub\r", "\tpath = \"sub\\r\"\n\turl = ../lib\n");

        try {
            checkOut(commit, WITH_ALL);
        } catch (GitException refused) {
            assertThat(refused).hasMessageContaining("submodule");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url = -u./payload",
                "url = --upload-pack=touch",
                "url = ext::sh -c touch% PWNED",
                "url = ssh://-oProxyCommand=touch%20PWNED/x",
                "url = git://127.0.0.1:9/x",
                "url = /",
                "url = ../lib\n\tupdate = !touch PWNED",
                "url = ../lib\n\tpath = ../outside",
                "url = ../lib\n\tpath = .git/hooks"
            })
    void aSubmoduleThatIsATrickIsRefused(String settings) throws Exception {
        String commit =
                withSubmodule(
                        "sub",
                        "\tpath = sub\n\t" + settings.replace("PWNED", marker.toString()) + "\n");

        assertThatThrownBy(() -> checkOut(commit, WITH_ALL)).isInstanceOf(GitException.class);

        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void submodulesAndLargeFilesAreLeftAloneUnlessAskedFor() throws Exception {
        Files.writeString(
                web.resolve(".lfsconfig"), "[lfs]\n\turl = http://169.254.169.254/latest\n");
        Files.writeString(web.resolve(".gitattributes"), "*.bin filter=lfs\n");
        git(web, "add", "-A");
        String commit =
                withSubmodule("sub", "\tpath = sub\n\turl = http://169.254.169.254/latest\n");

        Path tree = checkOut(commit, Checkout.DEFAULT);

        assertThat(tree.resolve("sub")).isEmptyDirectory();
    }

    /// A pointer whose server is a host that only this machine reaches, and a submodule there.
    private String withPartsOf(Canary canary) throws IOException {
        Files.writeString(
                web.resolve(".lfsconfig"),
                "[lfs]\n\turl = %s\n[remote \"origin\"]\n\tlfsurl = %s\n"
                        .formatted(canary.url("/lfs"), canary.url("/lfs")));
        Files.writeString(
                web.resolve("big.bin"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 5\n"
                        .formatted("1".repeat(64)));
        git(web, "add", "-A");
        Files.writeString(
                web.resolve(".gitattributes"), "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        git(web, "add", ".gitattributes");
        return withSubmodule("sub", "\tpath = sub\n\turl = %s\n".formatted(canary.url("/sub")));
    }

    @Test
    void nobodyIsAskedForPartsUnlessTheyAreAskedFor() throws Exception {
        try (Canary canary = Canary.start()) {
            String commit = withPartsOf(canary);

            Path tree = checkOut(commit, Checkout.DEFAULT);

            assertThat(tree.resolve("sub")).isEmptyDirectory();
            assertThat(tree.resolve("big.bin")).content().startsWith("version https://git-lfs");
            assertThat(canary.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partsOnAHostThatIsNotAllowedAreNotAskedFor(boolean submodules) throws Exception {
        try (Canary canary = Canary.start("127.0.0.2")) {
            String commit = withPartsOf(canary);
            trees =
                    new WorkTrees(
                            GitCache.create(
                                    folder.resolve("walled"),
                                    new GitSettings(
                                            true,
                                            true,
                                            Duration.ofSeconds(60),
                                            NetworkWall.allowing(List.of("127.0.0.1")),
                                            GitLimits.DEFAULT)));

            assertThatThrownBy(() -> checkOut(commit, new Checkout(0, submodules, !submodules)))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("127.0.0.2 is this machine");
            assertThat(canary.asked).isEmpty();
        }
    }

    @Test
    void hooksOfASubmoduleDoNotRun() throws Exception {
        String commit = withSubmodule("sub", "\tpath = sub\n\turl = ../lib\n");
        Path lib = folder.resolve("served/lib");
        for (String hook : List.of("post-checkout", "post-update", "post-merge")) {
            executable(lib.resolve(".git/hooks").resolve(hook), script());
        }
        git(lib, "config", "core.fsmonitor", lib.resolve("post-checkout").toString());
        git(lib, "config", "core.hooksPath", lib.toString());

        Path tree = checkOut(commit, WITH_ALL);

        assertThat(tree.resolve("sub/file")).hasContent("of the library");
        assertThat(tree.resolve(".git/modules/sub/hooks/post-checkout")).doesNotExist();
        assertThat(tree.resolve(".git/modules/sub/config")).content().doesNotContain("fsmonitor");
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", ".GIT", "git~1", ".git\u200c"})
    void aLinkInPlaceOfGitsOwnFolderIsRefused(String name) throws Exception {
        executable(web.resolve("hooks/post-checkout"), script());
        var _ = TestGit.commit(web, "with hooks");
        Path target = Files.writeString(folder.resolve("target"), "hooks");
        String link = git(web, "hash-object", "-w", target.toString());
        String within = tree("120000 hooks", link);
        for (String root : List.of(tree("120000 " + name, link), tree("40000 " + name, within))) {
            String commit = git(web, "commit-tree", "-m", "with a link", root);
            git(web, "update-ref", "refs/heads/main", commit);
            try {
                Path tree = checkOut(commit, WITH_ALL);
                assertThat(tree.resolve(".git")).isDirectory();
                assertThat(tree.resolve(".git/hooks")).doesNotExist();
            } catch (GitException refused) {
                assertThat(refused).hasMessageContaining("invalid path");
            }
            Trees.delete(folder.resolve("tree"));
        }
    }

    /// As git takes it when it is called there, unless it has its own above.
    @Test
    void aBareRepositoryAmongTheFilesIsNoneForUs() throws Exception {
        executable(web.resolve("evil.sh"), script());
        Files.createDirectories(web.resolve("objects"));
        Files.createDirectories(web.resolve("refs"));
        Files.writeString(web.resolve("objects/keep"), "");
        Files.writeString(web.resolve("refs/keep"), "");
        Files.writeString(web.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                web.resolve("config"),
                "[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = ./evil.sh\n\tsshCommand = ./evil.sh\n");
        String commit = TestGit.commit(web, "text");

        Path tree = checkOut(commit, WITH_ALL);

        assertThat(git(tree, "rev-parse", "HEAD")).isEqualTo(commit);
    }

    @Test
    void attributesOfARepositoryNameNoProgramOfIts() throws Exception {
        executable(web.resolve("evil.sh"), script());
        Files.writeString(
                web.resolve(".gitattributes"),
                "* filter=evil diff=evil merge=evil text eol=lf ident working-tree-encoding=UTF-8\n");
        for (String file : new String[] {".gitconfig", "config"}) {
            Files.writeString(
                    web.resolve(file),
                    "[filter \"evil\"]\n\tsmudge = ./evil.sh\n[core]\n\tfsmonitor = ./evil.sh\n");
        }
        String commit = TestGit.commit(web, "text");

        assertThat(checkOut(commit, WITH_ALL).resolve("file")).hasContent("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", ".GIT", "git~1", ".git\u200c"})
    void aRepositoryThatBringsItsOwnHooksIsNotCheckedOutOverThem(String name) throws Exception {
        executable(web.resolve("post-checkout"), script());
        String hook = git(web, "hash-object", "-w", "post-checkout");
        String hooks = tree("100755 post-checkout", hook);
        String dotGit = tree("40000 hooks", hooks);
        String root = tree("40000 " + name, dotGit);
        String commit = git(web, "commit-tree", "-m", "with hooks", root);
        git(web, "update-ref", "refs/heads/main", commit);

        try {
            Path tree = checkOut(commit, WITH_ALL);
            assertThat(tree.resolve(".git/hooks/post-checkout")).doesNotExist();
        } catch (GitException refused) {
            assertThat(refused).hasMessageContaining("invalid path");
        }
    }

    /// Written by hand, since git would not.
    private String tree(String entry, String hash) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((entry + "\0").getBytes(StandardCharsets.UTF_8));
        bytes.write(HexFormat.of().parseHex(hash));
        Path file = Files.write(folder.resolve("tree-object"), bytes.toByteArray());
        return git(web, "hash-object", "-w", "-t", "tree", "--literally", file.toString());
    }

    @Test
    void aLinkOutOfTheWorkTreeIsNotWrittenThrough() throws Exception {
        Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(web.resolve("link"), folder.resolve("outside"));
        git(web, "add", "link");
        String link = git(web, "rev-parse", ":link");
        String file = git(web, "hash-object", "-w", ".git/HEAD");
        String below = tree("100644 evil", file);
        Path raw = folder.resolve("both");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String[] entry : new String[][] {{"120000 link", link}, {"40000 link", below}}) {
            bytes.write((entry[0] + "\0").getBytes(StandardCharsets.UTF_8));
            bytes.write(HexFormat.of().parseHex(entry[1]));
        }
        Files.write(raw, bytes.toByteArray());
        String root = git(web, "hash-object", "-w", "-t", "tree", "--literally", raw.toString());
        String commit = git(web, "commit-tree", "-m", "twice", root);
        git(web, "update-ref", "refs/heads/main", commit);

        try {
            checkOut(commit, Checkout.DEFAULT);
        } catch (GitException refused) {
            assertThat(refused).hasMessageContaining("git reset");
        }

        assertThat(folder.resolve("outside")).isEmptyDirectory();
    }
}
