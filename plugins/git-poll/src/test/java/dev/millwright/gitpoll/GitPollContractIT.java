package dev.millwright.gitpoll;

import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.testkit.PluginUnderTest;
import dev.millwright.testkit.PollingContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The built plugin, loaded as a server loads it, holds what every polling trigger has to hold.
final class GitPollContractIT extends PollingContract {
    @TempDir Path folder;
    private GitServer server;
    private Origin origin;
    private String url = "";

    @BeforeEach
    void serve() throws Exception {
        server = GitServer.start(folder);
        origin = Origin.create(folder.resolve("web.git"));
        origin.commit("main");
        url = server.url("/closed/web.git");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected PluginUnderTest load() {
        return PluginUnderTest.builder(plugin())
                .settings("git-poll", "schemes: [https, ssh, http]\nhosts: [127.0.0.1]\n")
                .secret("GIT", "secret")
                .load();
    }

    @Override
    protected String kind() {
        return "git";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of("branch", List.of("main"), "user", "ada", "password", "${env:GIT}");
    }

    @Override
    protected TriggeredPipeline pipeline() {
        return new TriggeredPipeline("default", "web", url, "", "");
    }

    @Override
    protected void change() {
        origin.commit("main");
    }

    @Override
    protected void breakDown() {
        server.close();
    }
}
