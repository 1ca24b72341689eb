package dev.millwright.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millwright.engine.Pipelines;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.engine.yaml.YamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PipelineSchemaTest {
    private static final Path PUBLISHED = Path.of("../docs/schema/pipeline.schema.json");
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(PipelineSchema.json());

    private static List<Error> errors(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }

    @Test
    void isPublishedAsItIs() throws IOException {
        if (Boolean.getBoolean("millwright.rewrite")) {
            Files.createDirectories(PUBLISHED.getParent());
            Files.writeString(PUBLISHED, PipelineSchema.json());
        }
        assertThat(Files.readString(PUBLISHED))
                .as("run this test with -Dmillwright.rewrite=true")
                .isEqualTo(PipelineSchema.json());
    }

    static Stream<String> fixtures() {
        return Pipelines.fixtures().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void acceptsEveryPipelineThatTheReaderAccepts(String fixture) {
        String yaml = Pipelines.resource(fixture);
        assertThat(Pipelines.read(yaml)).isInstanceOf(ReadResult.Read.class);
        // Merge keys are none of the schema's business: editors resolve them first
        String merged =
                new JsonMapper()
                        .writeValueAsString(
                                YamlDocuments.read(fixture, yaml).getFirst().values().values());
        assertThat(SCHEMA.validate(merged, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: x",
                "steps: []",
                "steps: {commands: a}",
                "steps: [a]",
                "steps: [{}]",
                "steps: [{name: idle}]",
                "jobs: []\nsteps: [{commands: a}]",
                "steps: [{comands: a}]",
                "steps: [{commands: a, script: b}]",
                "steps: [{commands: a, wait: 5s}]",
                "steps: [{commands: {a: b}}]",
                "steps: [{commands: []}]",
                "steps: [{exec: make}]",
                "steps: [{exec: []}]",
                "steps: [{sequence: []}]",
                "steps: [{parallel: {commands: a}}]",
                "steps: [{parallel: [{commands: a}], failFast: yes}]",
                "steps: [{parallel: [{commands: a}], maxInFlight: -1}]",
                "steps: [{parallel: [{commands: a}], maxInFlight: 1.5}]",
                "steps: [{commands: a, timeout: 10 mins}]",
                "steps: [{commands: a, timeout: 10}]",
                "steps: [{commands: a, timeout: 0s}]",
                "steps: [{commands: a, timeout: PT0S}]",
                "steps: [{commands: a, timeout: P}]",
                "steps: [{commands: a, timeout: PT}]",
                "steps: [{commands: a, failure: ignored}]",
                "steps: [{commands: a, on-lost: maybe}]",
                "steps: [{commands: a, on-lost: fail, onLost: fail}]",
                "steps: [{commands: a, retry: 0}]",
                "steps: [{commands: a, retry: often}]",
                "steps: [{commands: a, retry: {attempt: 2}}]",
                "steps: [{commands: a, retry: {on: [crash]}}]",
                "steps: [{commands: a, outputs: [v]}]",
                "steps: [{commands: a, outputs: {v: {regex: x}}}]",
                "steps: [{commands: a, outputs: {'a b': x}}]",
                "steps: [{commands: a, environment: [A=b]}]",
                "steps: [{commands: a, environment: {A: [b]}}]",
                "steps: [{commands: a, environment: {A: {from_secret: b}}}]",
                "steps: [{commands: a, environment: {'1A': b}}]",
                "steps: [{commands: a, matrix: []}]",
                "steps: [{commands: a, matrix: {jdk: 21}}]",
                "steps: [{commands: a, matrix: {jdk: []}}]",
                "steps: [{commands: a, matrix: {include: [jdk]}}]",
                "steps: [{commands: a, when: push}]",
                "steps: [{commands: a, when: {event: pussh}}]",
                "steps: [{commands: a, when: {branch: {}}}]",
                "steps: [{commands: a, when: {path: {only: x}}}]",
                "steps: [{commands: a, when: []}]",
                "steps: [{commands: a, setup: {commands: b}}]",
                "steps: [{commands: a, ensure: []}]",
                "steps: [{approve: {group: x}}]",
                "steps: [{wait: soon}]",
                "steps: [{include: ../x.yaml}]",
                "steps: [{include: /etc/passwd}]",
                "steps: [{include: a/../../x}]",
                "steps: [{include: [a, b]}]",
                "steps: [{image: x, services: [{image: y}]}]",
                "steps: [{image: x, with: memory}]",
                "steps: [{runner: [a], commands: b}]",
                "steps: [{nodes: {select: x}, tasks: [{a: b}]}]",
                "steps: [{nodes: x, tasks: [{a: b}], serial: 0}]",
                "steps: [{nodes: x, tasks: [{a: b}], maxFail: 101%}]",
                "inputs: [a]\nsteps: [{commands: a}]",
                "inputs: {a: {type: int}}\nsteps: [{commands: a}]",
                "inputs: {'a b': x}\nsteps: [{commands: a}]",
                "concurrency: {name: x}\nsteps: [{commands: a}]",
                "concurrency: {cancelPrevious: true}\nsteps: [{commands: a}]",
                "- commands: a",
            })
    void refusesWhatTheReaderRefuses(String yaml) {
        assertThat(Pipelines.read(yaml)).as(yaml).isInstanceOf(ReadResult.Invalid.class);
        assertThat(errors(yaml)).as(yaml).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps: [{commands: 5}]",
                "steps: [{commands: [true, 1.10]}]",
                "steps: [{commands: a, environment: {A: 1, B: true, C: , D: x}}]",
                "steps: [{commands: a, env: {A: 1}}]",
                "steps: [{commands: a, timeout: 1h30m}, {commands: a, timeout: PT1H30M}]",
                "steps: [{wait: 0s}]",
                "steps: [{approve: }, {approve: true}, {approve: ship it?}]",
                "steps: [{image: x}]",
                "steps: [{image: x, services: [{name: pg, image: y, environment: {A: {from_secret: s/a}}}]}]",
                "steps: [{image: x, commands: a, with: {memory: 1g, volumes: [a, b]}}]",
                "steps: [{runner: ours, with: {what: [{a: b}]}}, {runner: ours, exec: [a]}]",
                "steps: [{commands: a, needs: docker}, {commands: a, needs: [docker, os=linux]}]",
                "steps: [{nodes: web, tasks: [{a: b}], serial: [1, 25%, 100%], maxFail: 0}]",
                "inputs: {a: , b: x, c: {type: number}}\nsteps: [{commands: a}]",
                "x-anchors: {a: b}\nsteps: [{commands: a, x-note: c}]",
                "concurrency: deploy\nsteps: [{commands: a}]",
            })
    void acceptsEveryShortForm(String yaml) {
        assertThat(Pipelines.read(yaml)).as(yaml).isInstanceOf(ReadResult.Read.class);
        assertThat(errors(yaml)).as(yaml).isEmpty();
    }
}
