package dev.millwright.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.yaml.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PipelineSchemaTest {
    private static final Path PUBLISHED = Path.of("../docs/schema/pipeline.schema.json");

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

    @Test
    void knowsEveryKeyOfTheReader() {
        JsonNode schema = new JsonMapper().readTree(PipelineSchema.json());
        for (Key key : Key.ALL) {
            boolean step = key.place() != Key.Place.PIPELINE;
            JsonNode properties =
                    step ? schema.at("/$defs/step/properties") : schema.at("/properties");
            assertThat(properties.has(key.name())).as(key.name()).isTrue();
        }
    }
}
