package dev.millwright.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.git.GitSettings;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.server.resource.ResourceProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server with its default settings says of repositories when pipelines are applied.
@Tag("S27")
class RepositoryRulesTest {
    private static final GitSettings STRICT =
            new GitSettings(
                    false, false, Duration.ofSeconds(1), NetworkWall.CLOSED, GitLimits.DEFAULT);

    private static List<ResourceProblem> problems(GitSettings settings, Map<String, Object> spec) {
        Parameters parameters = new Parameters(spec);
        Resource web =
                new Resource("Pipeline", "default", "web", null, 0, Map.of(), Map.of(), parameters);
        return new RepositoryRules(settings).problems(web, parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc, git.allow-file",
        "file:///etc, git.allow-file",
        "http://example.org/a.git, git.allow-http",
        "http://[::1]/a.git, git.allow-http",
        "https://[::1]/a.git, network.allow",
        "https://127.0.0.1:8443/a.git, network.allow",
        "ssh://git@10.1.2.3/a.git, network.allow",
        "git@192.168.1.1:a.git, network.allow",
    })
    void aRefusalNamesTheSettingOfTheAdministrator(String url, String setting) {
        assertThat(problems(STRICT, Map.of("repository", url)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/repository");
                    assertThat(problem.message()).contains("refused", "'" + setting);
                });
        assertThat(problems(STRICT, Map.of("repository", Map.of("url", url))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/repository/url"));
        assertThat(problems(GitSettings.DEFAULT, Map.of("repository", url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a.git", "git@example.org:a.git"})
    void whatIsEverybodysIsTaken(String url) {
        assertThat(problems(STRICT, Map.of("repository", url))).isEmpty();
    }

    @Test
    void aPipelineWithoutARepositoryIsNotItsMatter() {
        assertThat(problems(STRICT, Map.of("steps", List.of()))).isEmpty();
        assertThat(problems(STRICT, Map.of("repository", 7))).isEmpty();
    }
}
