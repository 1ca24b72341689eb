package dev.millwright.github;

import dev.millwright.testkit.ScmContract;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The built plugin, loaded as a server loads it, holds what every provider has to hold.
final class GithubForgeContractIT extends ScmContract {
    private GithubStandIn github;

    @BeforeEach
    void listen() throws IOException {
        github = new GithubStandIn();
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Override
    protected String kind() {
        return "github";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of("token", "${env:TOKEN}", "api", github.api());
    }

    @Override
    protected String repository() {
        return "https://github.com/octo/web.git";
    }

    @Override
    protected int received() {
        return new HashSet<>(github.shown()).size();
    }

    @Override
    protected void receiver(boolean up) {
        github.refuse(up ? 0 : 503, Map.of());
    }
}
