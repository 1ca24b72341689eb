package dev.millwright.server;

import dev.millwright.node.link.JoinOrder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A short life for a start-up cache to be made from: one pipeline, one delivery, one run, read
/// back once, and a node that comes and goes. What this touches is loaded and linked in the cache,
/// which remembers what is called often, too: a server whose nodes all come back at once spends
/// less on finding that out. Nothing depends on it.
///
/// Set `MILLWRIGHT_REHEARSAL` to have a server with a data directory of its own do this and stop.
final class Rehearsal {
    static final String VARIABLE = "MILLWRIGHT_REHEARSAL";

    private static final String PIPELINE =
            """
            apiVersion: v1alpha
            kind: Pipeline
            metadata: {name: rehearsal}
            spec:
              steps:
                - {name: first, commands: [echo first]}
                - name: both
                  parallel:
                    - {name: second, commands: [echo second]}
                    - {name: third, commands: [echo third]}
            """;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final String TOKEN = "{\"name\": \"rehearsal\"}";
    private static final Pattern COMMAND =
            Pattern.compile("--server [^ ]*:([0-9]+) --token ([^ ]+) --ca ([^ \"]+)");
    private static final Pattern SUCCESS = Pattern.compile("\"success\"");
    private static final Pattern ONLINE = Pattern.compile("\"rehearsal\"[^}]*\"online\"");
    private static final Pattern OFFLINE = Pattern.compile("\"rehearsal\"[^}]*\"offline\"");

    /// How often the node comes. More would be remembered better, and the first start would take
    /// longer.
    private static final int ARRIVALS = 3;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final String key;

    private Rehearsal(String address, String key) {
        this.address = address;
        this.key = key;
    }

    /// @param folder for a node of its own, which the caller deletes
    /// @throws IOException when the server does not answer or the run does not end well
    static void play(String address, String key, Path folder)
            throws IOException, InterruptedException {
        Rehearsal rehearsal = new Rehearsal(address, key);
        rehearsal.send("GET", "/readyz", "");
        rehearsal.send("POST", "/api/v1/resources/apply", PIPELINE);
        rehearsal.send("POST", "/webhook?pipeline=rehearsal", "");
        rehearsal.await("the run did not end well", "/api/v1/runs", SUCCESS);
        rehearsal.comeAndGo(folder);
    }

    private void comeAndGo(Path folder) throws IOException, InterruptedException {
        Matcher command = COMMAND.matcher(send("POST", "/api/v1/nodes/tokens", TOKEN));
        if (!command.find()) {
            throw new IOException("there is no token for a node");
        }
        // Not by the name of this machine, which may not be known here
        JoinOrder order =
                new JoinOrder(
                        "127.0.0.1:" + command.group(1),
                        command.group(2),
                        command.group(3),
                        "",
                        Map.of());
        for (int i = 0; i < ARRIVALS; i++) {
            try (RehearsedNode _ = RehearsedNode.start(folder, order)) {
                await("the node did not come", "/api/v1/nodes", ONLINE);
            }
            await("the node did not go", "/api/v1/nodes", OFFLINE);
        }
    }

    private void await(String otherwise, String path, Pattern wanted)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!wanted.matcher(send("GET", path, "")).find()) {
            if (System.nanoTime() > end) {
                throw new IOException("%s within %s".formatted(otherwise, LONGEST));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Authorization", "Bearer " + key)
                        .header(
                                "Content-Type",
                                body.startsWith("{") ? "application/json" : "application/yaml")
                        .method(method, BodyPublishers.ofString(body))
                        .timeout(LONGEST)
                        .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
