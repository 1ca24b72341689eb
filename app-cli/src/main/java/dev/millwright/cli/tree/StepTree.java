package dev.millwright.cli.tree;

import dev.millwright.api.run.StepView;
import java.util.ArrayList;
import java.util.List;

/// A step with its children, made from the flat list that servers send.
record StepTree(StepView step, List<StepTree> children) {

    /// The children of the root; the root itself when it is the only step.
    static List<StepTree> of(List<StepView> steps) {
        if (steps.isEmpty()) {
            return List.of();
        }
        StepTree root = read(steps, new int[] {0});
        return isLeaf(root.step()) ? List.of(root) : root.children();
    }

    private static StepTree read(List<StepView> steps, int[] next) {
        StepView step = steps.get(next[0]++);
        List<StepTree> children = new ArrayList<>();
        while (next[0] < steps.size() && steps.get(next[0]).depth() > step.depth()) {
            children.add(read(steps, next));
        }
        return new StepTree(step, children);
    }

    static boolean isLeaf(StepView step) {
        return switch (step.kind()) {
            case "sequence", "parallel", "matrix" -> false;
            default -> true;
        };
    }

    /// How many leaves there are in it.
    int leafCount() {
        return isLeaf(step) ? 1 : children.stream().mapToInt(StepTree::leafCount).sum();
    }

    /// Whether nothing in it needs to be looked at: done without a flaw.
    boolean isQuiet() {
        return switch (step.status()) {
            case SUCCESS, SKIPPED -> children.stream().allMatch(StepTree::isQuiet);
            case PENDING,
                    BLOCKED,
                    QUEUED,
                    RUNNING,
                    CANCELLING,
                    WARNING,
                    FAILURE,
                    ERROR,
                    TIMEOUT,
                    CANCELLED ->
                    false;
        };
    }

    boolean isPending() {
        return switch (step.status()) {
            case PENDING -> true;
            case SUCCESS,
                    SKIPPED,
                    BLOCKED,
                    QUEUED,
                    RUNNING,
                    CANCELLING,
                    WARNING,
                    FAILURE,
                    ERROR,
                    TIMEOUT,
                    CANCELLED ->
                    false;
        };
    }
}
