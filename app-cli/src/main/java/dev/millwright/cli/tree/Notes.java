package dev.millwright.cli.tree;

import dev.millwright.api.run.StepView;
import java.util.ArrayList;
import java.util.List;

/// What is worth saying beside a step: why it waits, how it went bad, which try it was.
public final class Notes {
    /// The cause of steps that are left out because the user asked for another one.
    public static final String NOT_SELECTED = "not-selected";

    private Notes() {}

    static String of(StepView step) {
        List<String> parts = new ArrayList<>();
        String reason = reason(step);
        if (!reason.isEmpty()) {
            parts.add(reason);
        }
        if (step.attempt() > 1) {
            parts.add("try " + step.attempt());
        }
        if (step.carried() && !isLeftOut(step)) {
            parts.add("kept");
        }
        return String.join(", ", parts);
    }

    private static String reason(StepView step) {
        return switch (step.status()) {
            case PENDING, RUNNING, SUCCESS -> "";
            case QUEUED, BLOCKED, CANCELLING -> sentence(step);
            case SKIPPED ->
                    isLeftOut(step)
                            ? "not selected"
                            : step.cause().equals("condition") ? sentence(step) : "";
            case WARNING -> StepTree.isLeaf(step) ? "allowed: " + bad(step) : "";
            case FAILURE, ERROR, TIMEOUT, CANCELLED ->
                    StepTree.isLeaf(step) ? bad(step) : group(step);
        };
    }

    /// Whether the user asked for another step only.
    private static boolean isLeftOut(StepView step) {
        return step.cause().equals(NOT_SELECTED);
    }

    private static String group(StepView step) {
        return step.cause().equals("timeout") ? sentence(step) : "";
    }

    private static String bad(StepView step) {
        Integer code = step.exitCode();
        if (code != null && code != 0 && step.cause().equals("exit")) {
            return "exit " + code;
        }
        String sentence = sentence(step);
        return sentence.isEmpty() ? step.status().word() : sentence;
    }

    private static String sentence(StepView step) {
        String text = step.message().isEmpty() ? step.cause() : step.message();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
