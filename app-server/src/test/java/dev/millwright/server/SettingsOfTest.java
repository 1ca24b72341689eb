package dev.millwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.node.git.GitLimits;
import dev.millwright.server.config.ServerConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsOfTest {
    @Test
    void limitsOfRepositoriesAreThoseOfTheConfiguration() {
        ServerConfig config =
                ServerConfig.load(
                        List.of(
                                "--git-repository-limit=3GiB",
                                "--node-workspace-limit=5MiB",
                                "--node-workspace-files=7"),
                        Map.of());

        assertThat(SettingsOf.git(config).limits())
                .isEqualTo(new GitLimits(3L << 30, 5L << 20, 7, 256L << 20));
    }

    @Test
    void withoutThemTheyAreThoseOfAnyNode() {
        assertThat(SettingsOf.git(ServerConfig.load(List.of(), Map.of())).limits())
                .isEqualTo(GitLimits.DEFAULT);
    }
}
