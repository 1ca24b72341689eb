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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Plans as bytes: JSON, compressed. The steps stand in a flat list in pre-order, so that a plan
/// may nest as deep as it likes. Any thread.
public final class PlanCodec {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    // Plans that were stored before a number was added lack it
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultPropertyInclusion(
                            incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .addMixIn(Step.class, StepForm.class)
                    .addMixIn(StepPath.class, PathForm.class)
                    .build();

    private PlanCodec() {}

    /// @param steps all steps, each without its children
    private record Stored(Plan.Head head, List<Step> steps) {
        static Stored of(Plan plan) {
            return new Stored(
                    plan.head(), plan.steps().stream().map(step -> with(step, List.of())).toList());
        }

        Plan toPlan() {
            Map<String, Deque<Step>> children = new HashMap<>();
            for (Step bare : steps.reversed()) {
                String path = bare.path().value();
                Deque<Step> own = children.remove(path);
                Step step = own == null ? bare : with(bare, List.copyOf(own));
                int last = path.lastIndexOf('/');
                if (last < 0) {
                    return Plan.of(head, step);
                }
                children.computeIfAbsent(path.substring(0, last), parent -> new ArrayDeque<>())
                        .push(step);
            }
            throw new MillwrightException("the stored plan has no root");
        }
    }

    private static Step with(Step step, List<Step> children) {
        return switch (step) {
            case Step.Leaf leaf -> leaf;
            case Step.Sequence group -> new Step.Sequence(group.path(), group.options(), children);
            case Step.Parallel group ->
                    new Step.Parallel(
                            group.path(),
                            group.options(),
                            group.maxInFlight(),
                            group.failFast(),
                            children);
            case Step.Matrix group ->
                    new Step.Matrix(
                            group.path(),
                            group.options(),
                            group.maxInFlight(),
                            group.failFast(),
                            children);
        };
    }

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
            JSON.writeValue(packed, Stored.of(plan));
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
            return JSON.readValue(json, Stored.class).toPlan();
        } catch (IOException | JacksonException broken) {
            throw new MillwrightException("the stored plan cannot be read", broken);
        }
    }

    /// The plan as readable JSON.
    public static String json(Plan plan) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Stored.of(plan));
    }
}
