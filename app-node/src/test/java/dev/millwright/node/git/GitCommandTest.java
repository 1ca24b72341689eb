package dev.millwright.node.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GitCommandTest {
    @Test
    void theNameIsWhatStandsFirstWhateverRefsAreCalled() {
        assertThat(GitCommand.name(List.of("rev-parse", "--verify", "submodule")))
                .isEqualTo("rev-parse");
        assertThat(GitCommand.name(List.of("-c", "fetch", "-c", "a=pull", "reset", "pull")))
                .isEqualTo("reset");
        assertThat(GitCommand.name(List.of("-c", "a=b", "fetch", "--quiet", "origin", "submodule")))
                .isEqualTo("fetch");
    }

    @Test
    void ofLargeFilesItHasTwoWords() {
        assertThat(GitCommand.name(List.of("lfs", "pull"))).isEqualTo("lfs pull");
        assertThat(GitCommand.name(List.of("lfs", "install", "--local"))).isEqualTo("lfs install");
        assertThat(GitCommand.name(List.of("-c", "a=b"))).isEmpty();
    }
}
