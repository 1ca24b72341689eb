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
                        NAME   STATE   BUSY  SLOTS  SEEN   RUNNERS  LABELS
                        local  online  2     8      never  process  os=linux
                        """);
        assertThat(cli().run("node", "list", "nobody").code()).isEqualTo(3);
    }

    private static final String FULL =
            """
            {"name":"web-1","state":"quarantined","slots":2,"busy":0,"runners":["process"],
             "labels":{"zone":"a"},"facts":{"os":"linux","tool.git":"2.39"},"version":"0.1.0",
             "refusal":"the disk is full","advice":"remove it"}
            """;

    @Test
    void listsFactsAndMethodsAsOneRowEach() {
        server.on("GET", "/api/v1/nodes", 200, Answers.page(FULL));

        assertThat(cli().run("node", "list", "--facts", "--methods").out())
                .isEqualTo(
                        """
                        NODE   KIND    NAME      VALUE
                        web-1  runner  process
                        web-1  fact    os        linux
                        web-1  tool    tool.git  2.39
                        """);
        assertThat(cli().run("node", "list", "--facts").out()).doesNotContain("git", "runner");
        assertThat(cli().run("node", "list", "--methods").out()).doesNotContain("linux");
    }

    @Test
    void listsRunnersThatDoNotWorkWithTheReason() {
        String node =
                FULL.replaceFirst(
                        "\\{", "{\"missingRunners\": {\"container\": \"no engine is here\"},");
        server.on("GET", "/api/v1/nodes", 200, Answers.page(node));

        assertThat(cli().run("node", "list", "--methods").out())
                .contains("web-1  no runner  container  no engine is here");
        assertThat(cli().run("node", "show", "web-1").out()).contains("no engine is here");
    }

    @Test
    void saysWhatToDoAboutANodeThatIsNotWell() {
        server.on("GET", "/api/v1/nodes", 200, Answers.page(FULL));

        var listed = cli().run("node");
        assertThat(listed.out()).contains("quarantined");
        assertThat(listed.err())
                .contains("web-1: remove it", "web-1: it takes nothing new: the disk is full");
        assertThat(cli().run("node", "show", "web-1").out())
                .contains("quarantined", "remove it", "0 of 2 in use", "zone", "2.39")
                .containsPattern("label +node +web-1\\n");
        assertThat(cli().run("node", "show", "nobody").code()).isEqualTo(3);
        assertThat(cli().run("node", "show").code()).isEqualTo(2);
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

    @Test
    void printsExactlyTheLineToPaste() {
        server.on(
                "POST",
                "/api/v1/nodes/tokens",
                201,
                """
                {"id":"0c64a3e19f2b","expiresAt":"2026-01-01T00:15:00Z",
                 "command":"millwright node join --server h:10001 --token t --ca sha256:c"}
                """);

        var result =
                cli().run(
                                "node",
                                "token",
                                "--name",
                                "web-1",
                                "--labels",
                                "zone=lab,disk=ssd",
                                "--ttl",
                                "1h");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .isEqualTo("millwright node join --server h:10001 --token t --ca sha256:c\n");
        assertThat(result.err()).contains("until 2026-01-01T00:15:00Z");
        assertThat(server.asked().getLast().body())
                .contains(
                        "\"name\":\"web-1\"",
                        "\"zone\":\"lab\"",
                        "\"disk\":\"ssd\"",
                        "\"ttl\":\"1h\"");
        assertThat(cli().run("node", "token").out())
                .endsWith("--ca sha256:c --name \"$(hostname -s)\"\n");
        assertThat(cli().run("node", "token", "-o", "json").out())
                .contains("\"id\" : \"0c64a3e19f2b\"", "\"command\" : \"millwright node join");
        assertThat(cli().run("node", "token", "--labels", "zone").err())
                .contains("is not of the form A=B,C=D");
    }

    @Test
    void removesANodeAndSaysSo() {
        server.on("DELETE", "/api/v1/nodes/web-1", 204, "")
                .problem("DELETE", "/api/v1/nodes/web-2", 404, "there is no node 'web-2'");

        assertThat(cli().run("node", "remove", "web-1").out()).contains("node/web-1 removed");
        var missing = cli().run("node", "remove", "web-2");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("there is no node 'web-2'");
        assertThat(cli().run("node", "remove").code()).isEqualTo(2);
    }
}
