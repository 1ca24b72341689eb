package dev.millwright.engine.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Plans as bytes: JSON, compressed. Any thread.
public final class PlanCodec {
    private static final int DEEPEST = 4_000;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .streamWriteConstraints(
                                            StreamWriteConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    .changeDefaultPropertyInclusion(
                            incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .addMixIn(Step.class, StepForm.class)
                    .addMixIn(StepPath.class, PathForm.class)
                    .build();

    private PlanCodec() {}

    private record Stored(Plan.Head head, Step root) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Step.Run.class, name = "run"),
        @JsonSubTypes.Type(value = Step.Approve.class, name = "approve"),
        @JsonSubTypes.Type(value = Step.Wait.class, name = "wait"),
        @JsonSubTypes.Type(value = Step.Sequence.class, name = "sequence"),
        @JsonSubTypes.Type(value = Step.Parallel.class, name = "parallel"),
        @JsonSubTypes.Type(value = Step.Matrix.class, name = "matrix")
    })
    private interface StepForm {}

    @SuppressWarnings("UnusedVariable") // Jackson reads the constructor, nobody calls it
    private abstract static class PathForm {
        @JsonCreator
        PathForm(String value) {}

        @JsonValue
        abstract String value();
    }

    public static byte[] encode(Plan plan) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream packed = new DeflaterOutputStream(bytes, deflater)) {
            JSON.writeValue(packed, new Stored(plan.head(), plan.root()));
        } catch (IOException | JacksonException impossible) {
            throw new MillwrightException("the plan cannot be stored", impossible);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /// Throws [MillwrightException] when the bytes are no plan.
    public static Plan decode(byte[] bytes) {
        try (InputStream json = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            Stored stored = JSON.readValue(json, Stored.class);
            return Plan.of(stored.head(), stored.root());
        } catch (IOException | JacksonException broken) {
            throw new MillwrightException("the stored plan cannot be read", broken);
        }
    }

    /// The plan as readable JSON.
    public static String json(Plan plan) {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(new Stored(plan.head(), plan.root()));
    }
}
