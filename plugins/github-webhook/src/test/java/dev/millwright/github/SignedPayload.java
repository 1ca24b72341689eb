package dev.millwright.github;

import dev.millwright.model.Payload;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One of GitHub's example payloads with its signature. Immutable.
record SignedPayload(String event, String id, Payload body, String signature) {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");
    private static final long PATIENCE_MINUTES = 5;

    /// All of them; npm fetches them first, where it has not yet. Throws [IllegalStateException]
    /// that says what is missing.
    static List<SignedPayload> all(String secret) throws IOException, InterruptedException {
        var _ = Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "deliveries.js")) {
            var _ =
                    Files.copy(
                            SOURCES.resolve(file),
                            FOLDER.resolve(file),
                            StandardCopyOption.REPLACE_EXISTING);
        }
        var _ = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        JsonMapper json = new JsonMapper();
        return run("node", "deliveries.js", secret)
                .lines()
                .map(json::readTree)
                .map(SignedPayload::of)
                .toList();
    }

    private static SignedPayload of(JsonNode line) {
        return new SignedPayload(
                line.path("event").asString(),
                line.path("id").asString(),
                Payload.of(line.path("body").asString()),
                line.path("signature").asString());
    }

    /// As GitHub sends it.
    WebhookRequest request() {
        return new WebhookRequest(
                Map.of(),
                Map.of(
                        "Content-Type", List.of("application/json"),
                        "X-GitHub-Event", List.of(event),
                        "X-GitHub-Delivery", List.of(id),
                        "X-Hub-Signature-256", List.of(signature)),
                body);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = FOLDER.resolve(command[0] + ".out");
        Path errors = FOLDER.resolve(command[0] + ".err");
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(FOLDER.toFile())
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start();
        } catch (IOException missing) {
            throw new IllegalStateException(
                    "GitHub's payloads come by Node.js 18 or newer and npm, and '%s' is not here: install both"
                            .formatted(command[0]),
                    missing);
        }
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            var _ = process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "GitHub's payloads cannot be had: %s in %s ended with %d: %s"
                            .formatted(
                                    command[0],
                                    FOLDER.toAbsolutePath(),
                                    process.exitValue(),
                                    Files.readString(errors)));
        }
        return Files.readString(output);
    }
}
