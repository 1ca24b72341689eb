package dev.millwright.server.resource.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.server.config.ServerConfig.ResourcesConfig;
import dev.millwright.server.event.Journal;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.ApplyResult;
import dev.millwright.server.resource.DeleteResult;
import dev.millwright.server.resource.Manifest;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceSourcesTest {
    @TempDir Path folder;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().plusSeconds(3600));
    private Path files = Path.of("");
    private @Nullable Database database;
    private @Nullable Resources made;

    @BeforeEach
    void open() throws IOException {
        files = Files.createDirectories(folder.resolve("files"));
        database = TestDatabases.embedded(folder.resolve("data"));
        made = Resources.create(database, Journal.create(database), now::get);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    private Resources resources() {
        if (made == null) {
            throw new IllegalStateException("not opened");
        }
        return made;
    }

    private ResourceSources directory() {
        return sources(files, null, 10_000);
    }

    private ResourceSources sources(@Nullable Path directory, @Nullable URI address, long maxSize) {
        return beside(Set.of(), directory, address, maxSize);
    }

    private ResourceSources beside(
            Set<String> elsewhere, @Nullable Path directory, @Nullable URI address, long maxSize) {
        return ResourceSources.create(
                new ResourcesConfig(directory, address, Duration.ofSeconds(10), maxSize),
                resources(),
                elsewhere,
                now::get);
    }

    private void look(ResourceSources sources) {
        now.updateAndGet(time -> time.plusSeconds(10));
        sources.tick();
    }

    private static String pipeline(String name, String command) {
        return """
        kind: Pipeline
        metadata: {name: %s}
        spec: {steps: [{name: a, commands: ["%s"]}]}
        """
                .formatted(name, command);
    }

    private boolean exists(String name) {
        return resources().pipeline("default", name).isPresent();
    }

    @Test
    void appliesWhatIsNewAndDeletesWhatIsGone() throws IOException {
        ResourceSources sources = directory();
        Files.createDirectories(files.resolve("team"));
        Files.writeString(files.resolve("team/web.yaml"), pipeline("web", "true"));
        Files.writeString(files.resolve("docs.yml"), pipeline("docs", "true"));
        Files.writeString(files.resolve(".hidden.yaml"), "not: a resource");
        Files.writeString(files.resolve("README.md"), "not a resource");
        look(sources);
        assertThat(sources.faults()).isEmpty();
        assertThat(resources().stored("Pipeline", "default", "web").orElseThrow().origin())
                .isEqualTo("directory:" + files);
        assertThat(exists("docs")).isTrue();

        Files.delete(files.resolve("docs.yml"));
        Files.writeString(files.resolve("team/web.yaml"), pipeline("web", "false"));
        look(sources);
        assertThat(exists("docs")).isFalse();
        assertThat(resources().find("Pipeline", "default", "web").orElseThrow().revision())
                .isEqualTo(2);
    }

    @Test
    void whatAnotherServerKeepsAppliedStaysWhereItComesFrom() throws IOException {
        Files.writeString(files.resolve("web.yaml"), pipeline("web", "true"));
        look(directory());
        String origin = "directory:" + files;

        var _ = beside(Set.of(origin), null, null, 10_000);
        assertThat(resources().ofOrigin(origin)).hasSize(1);

        var _ = beside(Set.of(), null, null, 10_000);
        assertThat(resources().ofOrigin(origin)).isEmpty();
    }

    @Test
    void looksOncePerInterval() throws IOException {
        ResourceSources sources = directory();
        Files.writeString(files.resolve("web.yaml"), pipeline("web", "true"));
        look(sources);
        Files.writeString(files.resolve("docs.yaml"), pipeline("docs", "true"));
        now.updateAndGet(time -> time.plusSeconds(9));
        sources.tick();
        assertThat(exists("docs")).isFalse();
    }

    @Test
    void keepsTheLastGoodStateWhenOneFileIsWrong() throws IOException {
        ResourceSources sources = directory();
        Files.writeString(files.resolve("web.yaml"), pipeline("web", "true"));
        look(sources);
        Files.writeString(files.resolve("web.yaml"), pipeline("web", "false"));
        Files.writeString(
                files.resolve("bad.yaml"),
                "kind: Pipeline\nmetadata: {name: bad}\nspec: {stepz: []}\n");
        look(sources);
        assertThat(sources.faults())
                .anySatisfy(problem ->
                        assertThat(problem)
                                .contains("bad.yaml:3")
                                .contains("unknown key 'stepz'; did you mean 'steps'?"));
        assertThat(resources().find("Pipeline", "default", "web").orElseThrow().revision())
                .isEqualTo(1);

        Files.delete(files.resolve("bad.yaml"));
        look(sources);
        assertThat(sources.faults()).isEmpty();
        assertThat(resources().find("Pipeline", "default", "web").orElseThrow().revision())
                .isEqualTo(2);
    }

    @Test
    void aDirectoryThatIsEmptyOrGoneDeletesNothing() throws IOException {
        ResourceSources sources = directory();
        Files.writeString(files.resolve("web.yaml"), pipeline("web", "true"));
        look(sources);
        Files.delete(files.resolve("web.yaml"));
        look(sources);
        assertThat(sources.faults()).singleElement().asString().contains("holds no .yaml");
        Files.delete(files);
        look(sources);
        assertThat(sources.faults()).singleElement().asString().contains("does not exist");
        assertThat(exists("web")).isTrue();
    }

    @Test
    void leavesAFileAloneThatIsBeingWritten() throws IOException {
        ResourceSources sources = directory();
        Files.writeString(files.resolve("web.yaml"), pipeline("web", "true"));
        Files.setLastModifiedTime(
                files.resolve("web.yaml"),
                java.nio.file.attribute.FileTime.from(now.get().plusSeconds(10).minusMillis(500)));
        look(sources);
        assertThat(exists("web")).isFalse();
        look(sources);
        assertThat(exists("web")).isTrue();
    }

    @Test
    void refusesTheSameResourceTwiceAndTooMuch() throws IOException {
        ResourceSources sources = directory();
        Files.writeString(files.resolve("a.yaml"), pipeline("web", "true"));
        Files.writeString(files.resolve("b.yaml"), pipeline("web", "true"));
        look(sources);
        assertThat(sources.faults())
                .containsExactly(
                        "directory:%s: Pipeline default/web stands in a.yaml and again in b.yaml"
                                .formatted(files));
        ResourceSources small = sources(files, null, 100);
        look(small);
        assertThat(small.faults()).singleElement().asString().contains("more than 100 bytes");
    }

    @Test
    void nobodyElseChangesWhatComesFromASource() throws IOException {
        Files.writeString(files.resolve("web.yaml"), pipeline("web", "true"));
        look(directory());
        assertThat(resources().delete("Pipeline", "default", "web", ApplyOptions.DEFAULT))
                .isInstanceOf(DeleteResult.Conflict.class);
        var changed = resources().find("Pipeline", "default", "web").orElseThrow();
        assertThat(resources().apply(Manifest.of(changed), ApplyOptions.DEFAULT))
                .isInstanceOf(ApplyResult.Conflict.class);

        sources(null, null, 100);
        assertThat(resources().delete("Pipeline", "default", "web", ApplyOptions.DEFAULT))
                .as("once the source is configured no longer")
                .isInstanceOf(DeleteResult.Deleted.class);
    }

    @Test
    void anAddressIsAskedWithItsTagAndKeptWhenItFails() throws IOException {
        AtomicReference<String> text = new AtomicReference<>(pipeline("web", "true"));
        AtomicInteger status = new AtomicInteger(200);
        AtomicInteger bodies = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/all.yaml",
                exchange -> {
                    byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
                    String tag = "\"" + text.get().hashCode() + "\"";
                    List<String> known =
                            exchange.getRequestHeaders().getOrDefault("If-None-Match", List.of());
                    exchange.getResponseHeaders().add("ETag", tag);
                    if (status.get() == 200 && known.contains(tag)) {
                        exchange.sendResponseHeaders(304, -1);
                    } else {
                        bodies.incrementAndGet();
                        exchange.sendResponseHeaders(status.get(), body.length);
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
        server.start();
        try {
            URI address =
                    URI.create(
                            "http://127.0.0.1:%d/all.yaml"
                                    .formatted(server.getAddress().getPort()));
            ResourceSources sources = sources(null, address, 10_000);
            look(sources);
            look(sources);
            assertThat(exists("web")).isTrue();
            assertThat(bodies).hasValue(1);

            status.set(500);
            look(sources);
            assertThat(sources.faults())
                    .containsExactly(
                            "url:%s: %s answers with status 500".formatted(address, address));
            status.set(200);
            text.set("<html>please log in</html>");
            look(sources);
            assertThat(sources.faults()).isNotEmpty();
            assertThat(exists("web")).isTrue();

            text.set(pipeline("docs", "true"));
            look(sources);
            assertThat(sources.faults()).isEmpty();
            assertThat(exists("web")).isFalse();
            assertThat(exists("docs")).isTrue();
        } finally {
            server.stop(0);
        }
    }
}
