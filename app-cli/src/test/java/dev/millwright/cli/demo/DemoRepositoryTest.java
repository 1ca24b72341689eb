package dev.millwright.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import dev.millwright.cli.launch.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRepositoryTest {
    @TempDir private Path folder;

    @Test
    void theBareRepositoryHoldsBothCommitsAndAPipelineWithoutProblems() {
        var repository = DemoRepository.create(folder);

        repository.pushFirst(true);
        var pushed = repository.pushChange();

        var bare = Tool.in(repository.bare());
        assertThat(bare.run("git", "rev-parse", "main")).isEqualTo(pushed.commit());
        assertThat(bare.run("git", "rev-parse", "main^")).isEqualTo(pushed.before());
        assertThat(bare.run("git", "log", "-1", "--format=%s|%an|%ae"))
                .isEqualTo(
                        "%s|%s|%s"
                                .formatted(
                                        pushed.message(), pushed.author(), pushed.authorEmail()));
        assertThat(bare.run("git", "diff", "--name-only", "main^", "main").lines())
                .containsExactlyElementsOf(pushed.files());
        assertThat(bare.run("git", "rev-list", "--count", "main")).isEqualTo("2");
        assertThat(bare.run("git", "show", "main:.millwright.yaml"))
                .contains("matrix:", "image: busybox:stable");
        assertThat(new Cli().in(repository.workingCopy()).run("lint").code()).isZero();
    }

    @Test
    void theHookIsAShellScriptThatTellsTheServer() {
        var repository = DemoRepository.create(folder);

        repository.installHook("http://127.0.0.1:1", "./millwright");

        Path hook = repository.bare().resolve("hooks/post-receive");
        assertThat(hook)
                .isExecutable()
                .content()
                .contains("http://127.0.0.1:1/webhook?pipeline=demo");
        assertThat(Tool.in(folder).ask("sh", "-n", hook.toString()).isGood()).isTrue();
    }
}
