package dev.millwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.plan.PlanRequest;
import dev.millwright.engine.plan.Planner;
import dev.millwright.engine.plan.Planning;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.PipelineDefinition;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Pipelines for tests, from text or from the folder `pipelines`.
public final class Pipelines {
    private Pipelines() {}

    public static String resource(String name) {
        try (InputStream in = Pipelines.class.getResourceAsStream("/pipelines/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    public static ReadResult read(String text) {
        return PipelineReader.create().read("ci.yaml", text, Includes.NONE);
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
        return ((ReadResult.Invalid) result).problems().stream().map(Problem::render).toList();
    }

    public static PlanRequest request(String event, Map<String, String> inputs) {
        return new PlanRequest("default", "demo", event, inputs, Map.of(), null, List.of("ci.yaml"));
    }

    public static Plan plan(String text) {
        Planning planning = new Planner().plan(definition(text), request("manual", Map.of()));
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return ((Planning.Planned) planning).plan();
    }
}
