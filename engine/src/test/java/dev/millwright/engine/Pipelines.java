package dev.millwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.definition.PipelineDefinition;
import dev.millwright.engine.plan.PlanRequest;
import dev.millwright.engine.plan.Planner;
import dev.millwright.engine.plan.Planning;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pipelines for tests, from text or from the folder `pipelines`.
public final class Pipelines {
    private static final Includes INCLUDES =
            path ->
                    Optional.ofNullable(Pipelines.class.getResource("/pipelines/" + path))
                            .map(found -> resource(path));

    private Pipelines() {}

    public static String resource(String name) {
        try (InputStream in = Pipelines.class.getResourceAsStream("/pipelines/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /// The names of all files in the folder.
    public static List<String> fixtures() {
        try (var files = Files.list(Path.of(Pipelines.class.getResource("/pipelines").toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException | java.net.URISyntaxException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static ReadResult read(String text) {
        return PipelineReader.create().read("ci.yaml", text, INCLUDES);
    }

    public static PipelineDefinition definition(String text) {
        ReadResult result = read(text);
        assertThat(result).as(text).isInstanceOf(ReadResult.Read.class);
        return ((ReadResult.Read) result).definition();
    }

    /// The rendered problems of a file that is wrong.
    public static List<String> problems(String text) {
        ReadResult result = read(text);
        assertThat(result).as(text).isInstanceOf(ReadResult.Invalid.class);
        return ((ReadResult.Invalid) result).problems().stream().map(Problem::line).toList();
    }

    public static PlanRequest request(String event, Map<String, String> inputs) {
        return new PlanRequest(
                "default", "demo", event, inputs, Map.of(), null, List.of("ci.yaml"));
    }

    public static Plan plan(String text) {
        Planning planning = new Planner().plan(definition(text), request("manual", Map.of()));
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return ((Planning.Planned) planning).plan();
    }
}
