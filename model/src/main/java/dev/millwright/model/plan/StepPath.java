package dev.millwright.model.plan;

import dev.millwright.model.MillwrightException;
import java.util.List;
import java.util.regex.Pattern;

/// Address a step in its plan: the root is `0`, its second child `0/1`, and so on.
///
/// Paths are stable for the life of the plan; logs, events and links refer to steps by them.
public record StepPath(String value) implements Comparable<StepPath> {

    /// Possessive and without alternatives, so that matching needs no stack however deep the path.
    private static final Pattern FORM = Pattern.compile("0(?:/(?!0[0-9])[0-9]++)*+");

    public static final StepPath ROOT = new StepPath("0");

    public StepPath {
        if (!FORM.matcher(value).matches()) {
            throw new MillwrightException(
                    "'%s' is not a step path; paths look like 0/2/1".formatted(value));
        }
    }

    public static StepPath parse(String text) {
        return new StepPath(text);
    }

    public StepPath child(int index) {
        return new StepPath(value + "/" + index);
    }

    /// How many groups enclose the step; the root has depth 0.
    public int depth() {
        return (int) value.chars().filter(c -> c == '/').count();
    }

    /// Whether this step lies inside (or is) the other one.
    public boolean isWithin(StepPath ancestor) {
        return value.equals(ancestor.value) || value.startsWith(ancestor.value + "/");
    }

    /// The child indexes from the root down, without the root itself.
    public List<Integer> indexes() {
        return Pattern.compile("/").splitAsStream(value).skip(1).map(Integer::valueOf).toList();
    }

    @Override
    public int compareTo(StepPath other) {
        List<Integer> mine = indexes();
        List<Integer> theirs = other.indexes();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            int order = Integer.compare(mine.get(i), theirs.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.size(), theirs.size());
    }

    @Override
    public String toString() {
        return value;
    }
}
