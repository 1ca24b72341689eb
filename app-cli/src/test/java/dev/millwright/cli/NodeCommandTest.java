package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeCommandTest {
    private static final String LOCAL =
            """
            {"name":"local","state":"%s","slots":8,"busy":2,"runners":["process"],"labels":{"os":"linux"}}
            """;

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli cli() {
        return new Cli().with("MILLWRIGHT_SERVER", server.address());
    }

    @Test
    void listsNodes() {
        server.on("GET", "/api/v1/nodes", 200, Answers.page(LOCAL.formatted("online")));

        assertThat(cli().run("node").out())
                .isEqualTo(
                        """
                        NAME   STATE   BUSY  SLOTS  RUNNERS  LABELS
                        local  online  2     8      process  os=linux
                        """);
        assertThat(cli().run("node", "list", "nobody").code()).isEqualTo(3);
    }

    @Test
    void drainsAndResumes() {
        server.on("POST", "/api/v1/nodes/local/drain", 200, LOCAL.formatted("draining"))
                .on("POST", "/api/v1/nodes/local/resume", 200, LOCAL.formatted("online"));

        assertThat(cli().run("node", "drain", "local").out()).contains("draining");
        assertThat(cli().run("node", "resume", "local").out()).contains("online");
    }

    @Test
    void aDecisionNeedsItsNode() {
        var result = cli().run("node", "drain");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("which node?");
    }
}
