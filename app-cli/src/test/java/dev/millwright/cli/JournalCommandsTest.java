package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalCommandsTest {
    private static final String EVENT =
            "{\"seq\":7,\"at\":\"2026-01-01T00:00:00Z\",\"namespace\":\"default\",\"type\":\"run.finished\",\"subject\":\"default/web/12\",\"data\":{\"status\":\"success\"}}";

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli cli() {
        return new Cli().with("MILLWRIGHT_SERVER", server.address());
    }

    @Test
    void eventsAreOneLineEach() {
        server.on("GET", "/api/v1/events", 200, Answers.page(EVENT));

        assertThat(cli().run("events", "--type", "run.*").out())
                .contains("run.finished")
                .contains("default/web/12  success");
        assertThat(cli().run("events", "-o", "json").out()).hasLineCount(1).contains("\"seq\":7");
    }

    @Test
    void whyAndByWhomStandsBehindTheEvent() {
        server.on(
                "GET",
                "/api/v1/events",
                200,
                Answers.page(
                        """
                        {"seq": 8, "at": "2026-01-01T00:00:00Z", "namespace": "system",
                         "type": "node.join-refused", "subject": "node",
                         "data": {"reason": "the token is used up", "address": "10.0.0.9",
                                  "token": "3fa9c1d20b77"}}
                        """,
                        """
                        {"seq": 8, "at": "2026-01-01T00:00:00Z", "namespace": "system",
                         "type": "node.token-deleted", "subject": "node-token/3fa9c1d20b77",
                         "data": {"token": "3fa9c1d20b77", "by": "ada"}}
                        """,
                        """
                        {"seq": 9, "at": "2026-01-01T00:00:00Z", "namespace": "system",
                         "type": "node.facts-changed", "subject": "node/a",
                         "data": {"node": "a", "changed": ["gpu", "tool.java"]}}
                        """));

        assertThat(cli().run("events", "-n", "system").out())
                .contains("node  the token is used up  10.0.0.9  token 3fa9c1d20b77\n")
                .contains("node-token/3fa9c1d20b77  ada\n")
                .contains("node/a  gpu, tool.java");
    }

    @Test
    void whoLooksInTheWrongNamespaceIsToldWhereEventsOfNodesAre() {
        server.on("GET", "/api/v1/events", 200, Answers.page());

        var result = cli().run("events", "--type", "node.*");
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("namespace 'default'", "-n system", "-A");
        assertThat(cli().run("events", "-A").err()).isEmpty();
    }

    @Test
    void followedEventsEndWithTheStream() {
        server.stream("/api/v1/events", "id: 7\ndata: " + EVENT + "\n\nevent: end\ndata: {}\n\n");

        assertThat(cli().run("events", "-f").out()).contains("run.finished");
    }

    @Test
    void deliveriesCanBeListedAndRedelivered() {
        server.on(
                        "GET",
                        "/api/v1/deliveries",
                        200,
                        Answers.page(
                                """
                                {"id":"%s","source":"webhook","dedupeKey":"k","namespace":"default","pipeline":"web","event":"push",
                                 "status":"started","reason":"","runId":"%s","receivedAt":"2026-01-01T00:00:00Z"}
                                """
                                        .formatted(Answers.DELIVERY, Answers.RUN)))
                .on(
                        "POST",
                        "/api/v1/deliveries/" + Answers.DELIVERY + "/redeliver",
                        202,
                        Answers.accepted());

        assertThat(cli().run("deliveries").out()).contains("webhook").contains("started");
        assertThat(cli().run("deliveries", "redeliver", "last").out()).contains(Answers.RUN);
        assertThat(cli().run("deliveries", "show").code()).isEqualTo(2);
    }

    @Test
    void aRedeliveryNamesTheFirstOne() {
        server.on(
                "GET",
                "/api/v1/deliveries/" + Answers.DELIVERY,
                200,
                Answers.delivery("started", "")
                        .replace(
                                "\"status\":",
                                "\"redeliveryOf\":\"%s\",\"status\":".formatted(Answers.OTHER)));

        assertThat(cli().run("deliveries", "show", Answers.DELIVERY).out())
                .contains("\nrepeats " + Answers.OTHER + "\n");
    }

    @Test
    void pollsTellWhatIsWrongWithThem() {
        server.on(
                "GET",
                "/api/v1/polls",
                200,
                Answers.page(
                        """
                        {"namespace":"default","pipeline":"web","name":"git","type":"git","everyMillis":60000,
                         "status":"failing","failures":3,"problem":"git.example.org does not answer",
                         "lookedAt":"2026-01-01T00:00:00Z","nextAt":"2026-01-01T00:05:00Z"}
                        """));

        assertThat(cli().run("polls").out())
                .contains("web/git")
                .contains("1m")
                .contains("failing")
                .contains("git.example.org does not answer");
        assertThat(cli().run("polls", "-o", "name").out()).isEqualTo("web/git\n");
    }

    @Test
    void theQueueTellsWhatWaits() {
        server.on(
                "GET",
                "/api/v1/queue",
                200,
                "{\"running\":true,\"workers\":4,\"enqueued\":2,\"scheduled\":1,\"processing\":1,\"failed\":0,\"runs\":["
                        + Answers.run(Answers.RUN, 12, "running")
                        + "],\"outbox\":[{\"name\":\"exporter default/traces\",\"waiting\":12,\"failing\":3,"
                        + "\"oldest\":\"2020-01-01T00:00:00Z\",\"nextTry\":\"2020-01-01T00:00:00Z\","
                        + "\"dropped\":1,\"reason\":\"it is down\","
                        + "\"failedAt\":\"2020-01-01T00:00:00Z\"}]}");

        assertThat(cli().run("queue").out())
                .contains("running with 4 workers: 2 waiting, 1 at work, 1 for later, 0 failed")
                .containsPattern(
                        "exporter default/traces: 12 to tell \\(oldest \\d+d\\), 3 failing \\(next try in 0s\\), 1 given up; failed \\d+d ago: it is down")
                .contains("default/web#12  running  3/3");
    }

    @Test
    void versionNamesClientAndServer() {
        server.on(
                "GET",
                "/version",
                200,
                "{\"name\":\"millwright\",\"version\":\"1.2.3\",\"api\":\"v1\",\"java\":\"25\"}");

        assertThat(cli().run("version").out()).contains("server  1.2.3");
        assertThat(new Cli().run("version", "--server", "http://127.0.0.1:1").code()).isZero();
    }
}
