package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final String RUNS = "/api/v1/runs";

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String refused(String errors, String detail) {
        server.problem("GET", RUNS, 400, detail, errors);
        return new Cli().run("runs", "--server", server.address()).err();
    }

    @Test
    void whatTheSentenceSaysAlreadyIsNotSaidAgain() {
        assertThat(
                        refused(
                                "{\"pointer\":\"limit\",\"message\":\"must be 1 to 200\"}",
                                "parameter 'limit' must be 1 to 200"))
                .isEqualTo("error: parameter 'limit' must be 1 to 200\n");
    }

    @Test
    void moreThingsThatAreWrongStandBelowWithTheirPlaceIfTheyHaveOne() {
        assertThat(
                        refused(
                                "{\"pointer\":\"/spec\",\"message\":\"is missing\"},"
                                        + "{\"pointer\":\"\",\"message\":\"a document is a map\"}",
                                "2 things are wrong"))
                .isEqualTo(
                        """
                        error: 2 things are wrong
                          /spec: is missing
                          a document is a map
                        """);
    }

    @Test
    void aMissingKeyIsToldInTheWordsOfTheCommandLine() {
        server.problem("GET", RUNS, 401, "send 'Authorization: Bearer KEY' or 'X-API-Key: KEY'");

        assertThat(new Cli().run("runs", "--server", server.address()))
                .isEqualTo(
                        new Cli.Result(
                                4,
                                "",
                                """
                                error: the server wants a key
                                give one: --key KEY, or MILLWRIGHT_KEY=$(cat DATA-DIR/admin.key); for a server on this machine that is the data directory that 'millwright up' printed
                                """));
        server.problem("GET", RUNS, 401, "this key is not valid");
        assertThat(new Cli().run("runs", "--server", server.address()).err())
                .startsWith("error: this key is not valid\n");
    }
}
