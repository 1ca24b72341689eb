package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.itest.system.Distribution;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server with the plugin `github-webhook` as users get it, and the pipeline `web` of a
/// repository that GitHub tells of.
record HookedPipeline(
        ServerProcess server,
        GithubSender github,
        SmallRepository repository,
        Map<String, String> environment)
        implements AutoCloseable {
    static final String PATH = "/hooks/github/web.push";
    private static final String SECRET = "It's a Secret to Everybody";
    private static final JsonMapper JSON = new JsonMapper();

    /// With the repository's own path.
    static HookedPipeline open(Path folder) throws IOException {
        return open(folder, folder.resolve("web.git").toString(), Map.of());
    }

    /// With the address that GitHub gives it, which git finds on this machine.
    ///
    /// @param environment more variables for the server
    static HookedPipeline cloned(Path folder, Map<String, String> environment) throws IOException {
        String address = "https://github.com/octo/web.git";
        Path config = Files.createDirectories(folder.resolve("config/git")).resolve("config");
        Files.writeString(
                config,
                "[url \"file://%s\"]\n\tinsteadOf = %s\n"
                        .formatted(folder.resolve("web.git"), address));
        Map<String, String> all = new HashMap<>(environment);
        all.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return open(folder, address, all);
    }

    private static HookedPipeline open(Path folder, String address, Map<String, String> environment)
            throws IOException {
        SmallRepository repository = SmallRepository.create(folder.resolve("web.git"));
        Distribution.install("github-webhook", folder);
        HookedPipeline opened = start(folder, repository, environment);
        opened.server()
                .apply(
                        """
                        apiVersion: v1alpha
                        kind: Pipeline
                        metadata: {name: web}
                        spec:
                          repository: {url: "%s", branch: main}
                          hooks:
                            - name: push
                              type: github
                              with: {secret: "${env:GITHUB_HOOK_SECRET}"}
                        """
                                .formatted(address));
        return opened;
    }

    private static HookedPipeline start(
            Path folder, SmallRepository repository, Map<String, String> environment)
            throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("GITHUB_HOOK_SECRET", SECRET);
        ServerProcess server = ServerProcess.start(folder, all);
        return new HookedPipeline(
                server, new GithubSender(server, PATH, SECRET), repository, environment);
    }

    /// With another process of the server, after this one was closed.
    HookedPipeline again(Path folder) throws IOException {
        return start(folder, repository, environment);
    }

    /// Steps that print these variables, one in a line.
    static String printing(String... variables) {
        return Stream.of(variables)
                .map("echo %1$s=$%1$s"::formatted)
                .map("        - '%s'\n"::formatted)
                .collect(Collectors.joining("", "steps:\n  - commands:\n", ""));
    }

    /// The run of a delivery that was taken.
    String begin(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return run(answer);
    }

    /// The run that the answer names.
    static String run(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).at("/runs/0").asString("");
    }

    JsonNode deliveries() throws IOException {
        return server.get("/api/v1/deliveries?pipeline=web").at("/items");
    }

    @Override
    public void close() {
        server.close();
    }
}
