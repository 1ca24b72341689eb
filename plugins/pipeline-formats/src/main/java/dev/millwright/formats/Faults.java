package dev.millwright.formats;

import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.FormatResult.Fault;
import dev.millwright.plugin.format.FormatResult.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with a file, and what its author should know. Used by one thread.
final class Faults {
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    void add(Place at, String message) {
        faults.add(new Fault(at.line(), at.column(), message));
    }

    void warn(Place at, String what) {
        warnings.add("line %d: %s".formatted(at.line(), what));
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /// The pipeline, or what keeps it from being one.
    FormatResult resultOf(Made pipeline) {
        return isEmpty()
                ? new FormatResult.Read(
                        pipeline.parameters(), List.copyOf(warnings), pipeline.places())
                : invalid();
    }

    FormatResult.Invalid invalid() {
        return new FormatResult.Invalid(
                faults.stream()
                        .sorted(
                                Comparator.comparingInt(Fault::line)
                                        .thenComparingInt(Fault::column))
                        .toList());
    }
}
