package dev.millwright.model.plan;

import dev.millwright.model.MillwrightException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that one run is going to do: the step tree with everything resolved. Immutable.
///
/// Steps are also numbered in pre-order (the root is 0), which is how states are kept beside them.
public final class Plan {
    /// The most steps a plan may have.
    public static final int MAX_STEPS = 10_000;

    private final Head head;
    private final Step root;
    private final List<Step> steps;
    private final int[] parents;
    private final int[] ends;
    private final Map<StepPath, Integer> indexes;

    /// What belongs to the plan as a whole.
    ///
    /// @param namespace namespace of the pipeline
    /// @param pipeline name of the pipeline
    /// @param event what caused the run: `push`, `tag`, `cron`, `manual`, `api`, ...
    /// @param inputs the declared inputs
    /// @param values the bound value of each input
    /// @param environment variables for all steps
    /// @param sourceOrNull repository state, null for a pipeline without repository
    /// @param concurrencyOrNull group of runs that exclude each other
    /// @param files the pipeline files that the plan was read from, relative to the repository
    /// @param priority runs with a higher one get free slots first; usually 0
    /// @param changeOrNull what a trigger told of the change; null for runs without such a trigger
    public record Head(
            String namespace,
            String pipeline,
            String event,
            List<Input> inputs,
            Map<String, String> values,
            Map<String, String> environment,
            @Nullable Source sourceOrNull,
            @Nullable Concurrency concurrencyOrNull,
            List<String> files,
            int priority,
            @Nullable Change changeOrNull) {
        public Head {
            inputs = List.copyOf(inputs);
            values = Map.copyOf(values);
            environment = Map.copyOf(environment);
            files = List.copyOf(files);
        }

        /// With the usual priority, and without a trigger that tells of a change.
        public Head(
                String namespace,
                String pipeline,
                String event,
                List<Input> inputs,
                Map<String, String> values,
                Map<String, String> environment,
                @Nullable Source sourceOrNull,
                @Nullable Concurrency concurrencyOrNull,
                List<String> files) {
            this(
                    namespace,
                    pipeline,
                    event,
                    inputs,
                    values,
                    environment,
                    sourceOrNull,
                    concurrencyOrNull,
                    files,
                    0,
                    null);
        }

        public Optional<Source> source() {
            return Optional.ofNullable(sourceOrNull);
        }

        public Optional<Concurrency> concurrency() {
            return Optional.ofNullable(concurrencyOrNull);
        }

        public Optional<Change> change() {
            return Optional.ofNullable(changeOrNull);
        }
    }

    private Plan(Head head, Step root) {
        this.head = head;
        this.root = root;
        List<Step> order = new ArrayList<>();
        List<Integer> above = new ArrayList<>();
        number(root, order, above);
        this.steps = List.copyOf(order);
        this.parents = above.stream().mapToInt(Integer::intValue).toArray();
        this.ends = ends(parents);
        this.indexes = HashMap.newHashMap(order.size());
        for (int i = 0; i < order.size(); i++) {
            indexes.put(order.get(i).path(), i);
        }
    }

    /// A step whose turn comes, and the number of its group.
    private record Turn(Step step, int parent) {}

    /// Make a plan; throws [MillwrightException] when the tree has more than [#MAX_STEPS] steps.
    public static Plan of(Head head, Step root) {
        return new Plan(head, root);
    }

    /// With a stack of its own: a tree may be as deep as it has steps.
    private static void number(Step root, List<Step> order, List<Integer> above) {
        Deque<Turn> turns = new ArrayDeque<>();
        turns.push(new Turn(root, -1));
        while (!turns.isEmpty()) {
            Turn turn = turns.pop();
            int index = order.size();
            if (index >= MAX_STEPS) {
                throw new MillwrightException(
                        "the plan has more than %,d steps; split the pipeline or shrink its matrix"
                                .formatted(MAX_STEPS));
            }
            order.add(turn.step());
            above.add(turn.parent());
            if (turn.step() instanceof Step.Group group) {
                for (Step child : group.children().reversed()) {
                    turns.push(new Turn(child, index));
                }
            }
        }
    }

    /// From the last step back, so that each child's end is known before its group's.
    private static int[] ends(int[] parents) {
        int[] ends = new int[parents.length];
        for (int i = parents.length - 1; i >= 0; i--) {
            ends[i] = Math.max(ends[i], i + 1);
            if (parents[i] >= 0) {
                ends[parents[i]] = Math.max(ends[parents[i]], ends[i]);
            }
        }
        return ends;
    }

    public Head head() {
        return head;
    }

    public Step root() {
        return root;
    }

    /// All steps in pre-order.
    public List<Step> steps() {
        return steps;
    }

    public int size() {
        return steps.size();
    }

    public Step step(int index) {
        return steps.get(index);
    }

    /// The step at that path; throws [MillwrightException] when there is none.
    public Step step(StepPath path) {
        return steps.get(indexOf(path));
    }

    public Optional<Integer> find(StepPath path) {
        return Optional.ofNullable(indexes.get(path));
    }

    /// The pre-order number of the step at that path.
    public int indexOf(StepPath path) {
        Integer index = indexes.get(path);
        if (index == null) {
            throw new MillwrightException(
                    "no step %s in the plan of pipeline '%s'".formatted(path, head.pipeline()));
        }
        return index;
    }

    /// Whether the step does work itself, and is no group.
    public boolean isLeaf(int index) {
        return step(index) instanceof Step.Leaf;
    }

    /// The number of the enclosing group, -1 for the root.
    public int parentOf(int index) {
        return parents[index];
    }

    /// One past the last descendant: descendants of `i` are `i + 1 .. endOf(i) - 1`.
    public int endOf(int index) {
        return ends[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plan plan && head.equals(plan.head) && root.equals(plan.root);
    }

    @Override
    public int hashCode() {
        return 31 * head.hashCode() + root.hashCode();
    }

    @Override
    public String toString() {
        return "Plan[%s/%s, %d steps]".formatted(head.namespace(), head.pipeline(), size());
    }
}
