package dev.millwright.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A short life for a start-up cache to be made from: one pipeline, one delivery, one run, read
/// back once. What this touches is loaded and linked in the cache; nothing depends on it.
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

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final String key;

    private Rehearsal(String address, String key) {
        this.address = address;
        this.key = key;
    }

    /// @throws IOException when the server does not answer or the run does not end well
    static void play(String address, String key) throws IOException, InterruptedException {
        Rehearsal rehearsal = new Rehearsal(address, key);
        rehearsal.send("GET", "/readyz", "");
        rehearsal.send("POST", "/api/v1/resources/apply", PIPELINE);
        rehearsal.send("POST", "/webhook?pipeline=rehearsal", "");
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!rehearsal.send("GET", "/api/v1/runs", "").contains("\"success\"")) {
            if (System.nanoTime() > end) {
                throw new IOException("the run did not end well within " + LONGEST);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/yaml")
                        .method(method, BodyPublishers.ofString(body))
                        .timeout(LONGEST)
                        .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
