package dev.millwright.server.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.Extensions;
import dev.millwright.host.format.FileFormats;
import dev.millwright.model.plan.Source;
import dev.millwright.node.git.GitCache;
import dev.millwright.node.git.GitException;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.git.GitSettings;
import dev.millwright.node.git.Trees;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.server.resource.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real repository of the `git` command.
class PipelineFilesTest {
    private static final String STEPS = "steps: [{name: only, commands: ['true']}]\n";

    @TempDir Path folder;
    private Path work = Path.of("");

    @BeforeEach
    void makeRepository() throws Exception {
        work = Files.createDirectory(folder.resolve("work"));
        git("init", "-q", "-b", "main");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c"));
        command.add("commit.gpgsign=false");
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(out).isZero();
    }

    private void write(String name, String text) throws IOException {
        Path file = work.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private PipelineFiles.Answer read(String file) throws Exception {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "Change");
        PipelineFiles files = files();
        return files.read(
                files.pin(repository(), Optional.empty(), Optional.empty(), Since.PARENT),
                "web",
                file);
    }

    private PipelineFiles files() {
        GitSettings settings =
                new GitSettings(
                        true, true, Duration.ofSeconds(60), NetworkWall.OPEN, GitLimits.DEFAULT);
        return PipelineFiles.create(
                GitCache.create(folder.resolve("cache"), settings),
                PipelineReader.create(),
                FileFormats.of(Extensions.withoutPlugins(), reference -> Optional.empty()));
    }

    private PipelineSpec.Repository repository() {
        return new PipelineSpec.Repository(work.toString(), "", "", Source.Checkout.DEFAULT);
    }

    private static String problems(PipelineFiles.Answer answer) {
        assertThat(answer).isInstanceOf(PipelineFiles.Parsed.class);
        ReadResult result = ((PipelineFiles.Parsed) answer).result();
        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
        return ((ReadResult.Invalid) result).problems().toString();
    }

    private static ReadResult.Read good(PipelineFiles.Answer answer) {
        assertThat(answer).isInstanceOf(PipelineFiles.Parsed.class);
        ReadResult result = ((PipelineFiles.Parsed) answer).result();
        assertThat(result).isInstanceOf(ReadResult.Read.class);
        return (ReadResult.Read) result;
    }

    @Test
    void readsTheUsualFile() throws Exception {
        write(".millwright.yaml", STEPS);
        write(".millwright/ignored.yaml", "nonsense");

        PipelineFiles.Answer answer = read("");

        good(answer);
        assertThat(((PipelineFiles.Parsed) answer).names()).containsExactly(".millwright.yaml");
    }

    @Test
    void severalFilesMakeUpOnePipeline() throws Exception {
        write(".millwright/web.yaml", STEPS);
        write(".millwright/api.yml", STEPS);
        write(".millwright/notes.txt", "no pipeline");

        PipelineFiles.Answer answer = read("");

        good(answer);
        assertThat(((PipelineFiles.Parsed) answer).names())
                .containsExactly(".millwright/api.yml", ".millwright/web.yaml");
    }

    @Test
    void aMistakeInOneOfSeveralIsToldWithItsFile() throws Exception {
        write(".millwright/web.yaml", STEPS);
        write(".millwright/api.yaml", "steps:\n  - comands: [x]\n");

        assertThat(problems(read("")))
                .contains(".millwright/api.yaml")
                .contains("unknown key 'comands'")
                .doesNotContain("web.yaml");
    }

    @Test
    void aNamedFileIsReadAloneWithWhatItIncludes() throws Exception {
        write("ci/build.yaml", "steps:\n  - include: ci/more.yaml\n");
        write("ci/more.yaml", STEPS);
        write(".millwright.yaml", "nonsense");

        good(read("ci/build.yaml"));
    }

    @Test
    void noFileIsSaidWithWhatWasLookedFor() throws Exception {
        assertThat(read(""))
                .isInstanceOfSatisfying(
                        PipelineFiles.NoFile.class,
                        none ->
                                assertThat(none.message())
                                        .contains(".millwright.yaml", ".millwright/*.yaml"));
        assertThat(read("ci.yaml"))
                .isInstanceOfSatisfying(
                        PipelineFiles.NoFile.class,
                        none -> assertThat(none.message()).contains("no file 'ci.yaml'"));
    }

    @Test
    @Tag("S30")
    void aLinkAndAHugeFileAreRefusedWithTheirNames() throws Exception {
        write("real.yaml", STEPS);
        Files.createSymbolicLink(work.resolve("link.yaml"), Path.of("real.yaml"));
        write("huge.yaml", STEPS + "# " + "x".repeat(300_000));

        assertThatThrownBy(() -> read("link.yaml"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("'link.yaml' is a symbolic link");
        assertThat(problems(read("huge.yaml"))).contains("huge.yaml").contains("262,144");
    }

    @Test
    void theCommitIsPinnedWhateverComesLater() throws Exception {
        write(".millwright.yaml", STEPS);
        git("add", "-A");
        git("commit", "-q", "-m", "First");
        PipelineFiles files = files();
        PipelineFiles.Pinned first =
                files.pin(repository(), Optional.empty(), Optional.empty(), Since.PARENT);
        write(".millwright.yaml", "nonsense");
        git("commit", "-q", "-am", "Second");
        PipelineFiles.Pinned second =
                files.pin(repository(), Optional.empty(), Optional.empty(), Since.PARENT);

        good(files.read(first, "web", ""));
        assertThat(problems(files.read(second, "web", ""))).isNotEmpty();
        assertThat(second.source().changedFiles()).containsExactly(".millwright.yaml");
        assertThat(second.source().branch()).isEqualTo("main");
    }

    @Test
    void filesCountAsChangedSinceTheCommitThatIsNamed() throws Exception {
        String first = commit("first.txt");
        commit("second.txt");
        commit("third.txt");

        assertThat(since(Since.PARENT).changedFiles()).containsExactly("third.txt");
        Source told = since(new Since(first, false));
        assertThat(told.changedFiles()).containsExactly("second.txt", "third.txt");
        assertThat(told.previousCommit()).isEqualTo(first);
        for (String nobody : List.of("f".repeat(40), "not a hash", "")) {
            assertThat(since(new Since(nobody, false)).changedFiles()).containsExactly("third.txt");
        }
    }

    @Test
    void ofAPullRequestOnlyItsOwnChangesCount() throws Exception {
        String fork = commit("first.txt");
        git("switch", "-q", "-c", "mine");
        commit("mine.txt");
        git("switch", "-q", "main");
        String target = commit("theirs.txt");
        git("switch", "-q", "mine");

        Source source = since(new Since(target, true));

        assertThat(source.changedFiles()).containsExactly("mine.txt");
        assertThat(source.previousCommit()).isEqualTo(fork);
    }

    private String commit(String file) throws Exception {
        write(file, file);
        git("add", "-A");
        git("commit", "-q", "-m", file);
        Path head =
                work.resolve(".git")
                        .resolve(
                                Files.readString(work.resolve(".git/HEAD"))
                                        .substring("ref: ".length())
                                        .strip());
        return Files.readString(head).strip();
    }

    /// The commit that is checked out.
    private Source since(Since since) throws IOException {
        String head = Files.readString(work.resolve(".git/HEAD")).substring("ref: ".length());
        return files().pin(repository(), Optional.of(head.strip()), Optional.empty(), since)
                .source();
    }

    @Test
    void aDamagedCacheIsMadeAnew() throws Exception {
        write(".millwright.yaml", STEPS);
        PipelineFiles.Pinned before = pinnedCommit();
        empty(before.bareRepository().resolve("objects"));

        good(files().read(before, "web", ""));
        PipelineFiles.Pinned after =
                files().pin(repository(), Optional.empty(), Optional.empty(), Since.PARENT);
        empty(after.bareRepository().resolve("objects"));
        String commit = after.source().commit();
        PipelineFiles files = files();

        PipelineFiles.Pinned healed =
                files.pin(repository(), Optional.of("main"), Optional.of(commit), Since.PARENT);

        assertThat(healed.source().changedFiles()).containsExactly(".millwright.yaml");
        good(files.read(healed, "web", ""));
    }

    private PipelineFiles.Pinned pinnedCommit() throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", "Change");
        return files().pin(repository(), Optional.empty(), Optional.empty(), Since.PARENT);
    }

    private static void empty(Path objects) throws IOException {
        Trees.delete(objects);
        Files.createDirectory(objects);
    }

    @Test
    void gitsOwnWordsAreTold() {
        PipelineSpec.Repository missing =
                new PipelineSpec.Repository(
                        folder.resolve("missing").toString(), "", "", Source.Checkout.DEFAULT);

        assertThatThrownBy(() ->
                        files().pin(missing, Optional.empty(), Optional.empty(), Since.PARENT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("does not appear to be a git repository");
        assertThatThrownBy(() ->
                        files().pin(
                                        repository(),
                                        Optional.of("nowhere"),
                                        Optional.empty(),
                                        Since.PARENT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("nowhere");
    }
}
