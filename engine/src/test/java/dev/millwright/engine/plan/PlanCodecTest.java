package dev.millwright.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.CpuTime;
import dev.millwright.engine.Pipelines;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Input;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.plan.When;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class PlanCodecTest {
    /// Random plans of every kind of step; the same ones each time.
    private static final class Plans {
        private final Random random;

        Plans(long seed) {
            this.random = new Random(seed);
        }

        Plan plan() {
            Plan.Head head =
                    new Plan.Head(
                            text(),
                            text(),
                            text(),
                            list(() ->
                                    new Input(
                                            text(),
                                            pick(Input.Type.values()),
                                            list(this::text),
                                            maybe(this::text),
                                            text())),
                            map(),
                            map(),
                            maybe(this::source),
                            maybe(() -> new Concurrency(text(), random.nextBoolean())),
                            list(this::text),
                            random.nextInt(100),
                            maybe(this::change));
            return Plan.of(head, step(StepPath.ROOT, 0));
        }

        private Step step(StepPath path, int depth) {
            return switch (depth > 4 ? random.nextInt(3) : random.nextInt(6)) {
                case 0 ->
                        new Step.Run(
                                path,
                                options(),
                                text(),
                                new Parameters(Map.of(text(), value(0), "more", value(0))),
                                list(() -> new OutputSource(text(), text(), maybe(this::text))));
                case 1 -> new Step.Approve(path, options(), list(this::text), text());
                case 2 -> new Step.Wait(path, options(), time());
                case 3 -> new Step.Sequence(path, options(), children(path, depth));
                case 4 ->
                        new Step.Parallel(
                                path,
                                options(),
                                random.nextInt(9),
                                random.nextBoolean(),
                                children(path, depth));
                default ->
                        new Step.Matrix(
                                path,
                                options(),
                                random.nextInt(9),
                                random.nextBoolean(),
                                children(path, depth));
            };
        }

        private List<Step> children(StepPath path, int depth) {
            List<Step> children = new ArrayList<>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                children.add(step(path.child(i), depth + 1));
            }
            return children;
        }

        private StepOptions options() {
            return new StepOptions(
                    text(),
                    pick(Role.values()),
                    new When(
                            list(() ->
                                    new When.Clause(
                                            list(this::text),
                                            list(this::text),
                                            list(this::text),
                                            list(this::text),
                                            maybe(this::text)))),
                    map(),
                    maybe(this::text),
                    maybe(this::time),
                    new Retry(1 + random.nextInt(5), time(), Set.of(pick(Retry.Cause.values()))),
                    random.nextBoolean(),
                    map(),
                    pick(StepOptions.OnLost.values()),
                    map());
        }

        private Change change() {
            return new Change(
                    text(),
                    text(),
                    text(),
                    random.nextBoolean(),
                    maybe(() ->
                            new Change.PullRequest(
                                    random.nextLong(),
                                    text(),
                                    text(),
                                    text(),
                                    text(),
                                    list(this::text),
                                    random.nextBoolean(),
                                    random.nextBoolean())));
        }

        private Source source() {
            return new Source(
                    text(),
                    text(),
                    maybe(this::text),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    list(this::text),
                    new Source.Checkout(
                            random.nextInt(9), random.nextBoolean(), random.nextBoolean()),
                    maybe(() ->
                            new RepositoryAccess(
                                    text(),
                                    maybe(this::text),
                                    maybe(this::text),
                                    list(this::text))));
        }

        private Object value(int depth) {
            return switch (depth > 2 ? random.nextInt(4) : random.nextInt(6)) {
                case 0 -> text();
                case 1 -> random.nextLong();
                case 2 -> random.nextInt(1_000) / 8.0;
                case 3 -> random.nextBoolean();
                case 4 -> list(() -> value(depth + 1));
                default -> Map.of(text(), value(depth + 1));
            };
        }

        private String text() {
            String[] words = {
                "", "a", "naïve ☃ 𝄞", "line\nline", "${inputs.x}", "\u0000\u001b[31m", "\"\\/"
            };
            return pick(words) + random.nextInt(100);
        }

        private Duration time() {
            return Duration.ofNanos(Math.abs(random.nextLong()) >>> random.nextInt(63));
        }

        private <T> T pick(T[] values) {
            return values[random.nextInt(values.length)];
        }

        private <T> T maybe(Supplier<T> value) {
            return random.nextBoolean() ? value.get() : null;
        }

        private <T> List<T> list(Supplier<T> value) {
            List<T> list = new ArrayList<>();
            int count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                list.add(value.get());
            }
            return list;
        }

        private Map<String, String> map() {
            return random.nextBoolean() ? Map.of() : Map.of(text(), text(), "key", text());
        }
    }

    @Test
    void randomPlansComeBackAsTheyWere() {
        for (int seed = 0; seed < 500; seed++) {
            Plan plan = new Plans(seed).plan();
            assertThat(PlanCodec.decode(PlanCodec.encode(plan)))
                    .as("seed %d", seed)
                    .isEqualTo(plan);
        }
    }

    @Test
    void aPlanOfTenThousandStepsIsSmallAndQuick() {
        String values = "[" + "1, ".repeat(98) + "1]";
        Plan plan =
                Pipelines.plan(
                        "steps:\n  - commands: [make]\n    matrix: {a: %s, b: %s}\n"
                                .formatted(values, values));
        assertThat(plan.size()).isEqualTo(99 * 99 + 2);
        byte[] bytes = PlanCodec.encode(plan);
        assertThat(bytes).hasSizeLessThan(400_000);
        Duration spent =
                CpuTime.of(() -> {
                    assertThat(PlanCodec.decode(bytes).size()).isEqualTo(plan.size());
                });
        assertThat(spent).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void deepPlansComeBackToo() {
        Step step = new Step.Wait(path(1_000), StepOptions.named("leaf"), Duration.ZERO);
        for (int depth = 999; depth >= 0; depth--) {
            step = new Step.Sequence(path(depth), StepOptions.named("g"), List.of(step));
        }
        Plan.Head head =
                new Plan.Head(
                        "n", "p", "push", List.of(), Map.of(), Map.of(), null, null, List.of());
        Plan plan = Plan.of(head, step);
        assertThat(PlanCodec.decode(PlanCodec.encode(plan)).size()).isEqualTo(1_001);
    }

    @Test
    void priorityComesBackAndAPlanThatWasStoredWithoutHasTheUsualOne() throws IOException {
        Plan urgent = Pipelines.plan("priority: 7\nsteps: [{commands: a}]");
        assertThat(PlanCodec.decode(PlanCodec.encode(urgent)).head().priority()).isEqualTo(7);

        String old = PlanCodec.json(urgent).replaceFirst(",\\s*\"priority\" : 7", "");
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (OutputStream packed = new DeflaterOutputStream(stored)) {
            packed.write(old.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(old).doesNotContain("priority");
        assertThat(PlanCodec.decode(stored.toByteArray()).head().priority()).isZero();
    }

    private static StepPath path(int depth) {
        return new StepPath("0" + "/0".repeat(depth));
    }

    @Test
    void bytesThatAreNoPlanAreRefused() {
        assertThatThrownBy(() -> PlanCodec.decode(new byte[] {1, 2, 3}))
                .isInstanceOf(MillwrightException.class);
    }

    @Test
    void isReadableAsJson() {
        assertThat(PlanCodec.json(Pipelines.plan("steps: [{commands: a}]")))
                .contains("\"kind\" : \"sequence\"")
                .contains("\"path\" : \"0/0\"");
    }
}
