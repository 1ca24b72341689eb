package dev.millwright.bench.measure;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One measured figure, with what it ought to be and with the least that is possible here.
///
/// ```java
/// Figure.of("webhook -> first command", Unit.MILLIS, samples, 99).goal(10, 40).floor("a fork", 1.2);
/// ```
///
/// @param value the middle of what was measured
/// @param tailOrNull what only the worst exceed
/// @param goalOrNull null when there is none
/// @param floorOrNull null when there is none
public record Figure(
        String what,
        Unit unit,
        double value,
        @Nullable Tail tailOrNull,
        @Nullable Goal goalOrNull,
        @Nullable Floor floorOrNull) {

    /// A high percentile.
    public record Tail(int percent, double value) {}

    /// What is wanted.
    ///
    /// @param tailOrNull null when nothing is wanted of the tail
    public record Goal(double value, @Nullable Double tailOrNull) {}

    /// What any correct system needs on this machine.
    public record Floor(String what, double value) {}

    public static Figure of(String what, Unit unit, double value) {
        return new Figure(what, unit, value, null, null, null);
    }

    /// The median and a high percentile of the samples.
    public static Figure of(String what, Unit unit, Samples samples, int percent) {
        Tail tail = new Tail(percent, samples.percentile(percent));
        return new Figure(what, unit, samples.median(), tail, null, null);
    }

    public Figure goal(double wanted) {
        return new Figure(what, unit, value, tailOrNull, new Goal(wanted, null), floorOrNull);
    }

    public Figure goal(double wanted, double tail) {
        return new Figure(what, unit, value, tailOrNull, new Goal(wanted, tail), floorOrNull);
    }

    public Figure floor(String least, double of) {
        return new Figure(what, unit, value, tailOrNull, goalOrNull, new Floor(least, of));
    }

    /// How many times worse than the floor.
    public Optional<Double> ratio() {
        if (floorOrNull == null || value == 0 || floorOrNull.value() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                unit.wantsMore() ? floorOrNull.value() / value : value / floorOrNull.value());
    }

    /// Whether the goal is reached; empty without a goal.
    public Optional<Boolean> isReached() {
        if (goalOrNull == null) {
            return Optional.empty();
        }
        boolean tailIsGood =
                goalOrNull.tailOrNull() == null
                        || tailOrNull == null
                        || isGood(tailOrNull.value(), goalOrNull.tailOrNull());
        return Optional.of(tailIsGood && isGood(value, goalOrNull.value()));
    }

    private boolean isGood(double measured, double wanted) {
        return unit.wantsMore() ? measured >= wanted : measured <= wanted;
    }

    /// One line of a Markdown table, as [#HEAD] begins it.
    public String row() {
        return "| %s |"
                .formatted(
                        String.join(
                                " | ",
                                what,
                                unit.show(value),
                                tailOrNull == null
                                        ? ""
                                        : "%s (p%d)"
                                                .formatted(
                                                        unit.show(tailOrNull.value()),
                                                        tailOrNull.percent()),
                                goalOrNull == null ? "" : show(goalOrNull),
                                isReached().map(yes -> yes ? "yes" : "**no**").orElse(""),
                                floorOrNull == null
                                        ? ""
                                        : "%s (%s)"
                                                .formatted(
                                                        unit.show(floorOrNull.value()),
                                                        floorOrNull.what()),
                                ratio().map(times -> String.format(Locale.ROOT, "%.1fx", times))
                                        .orElse("")));
    }

    private String show(Goal goal) {
        return goal.tailOrNull() == null
                ? unit.show(goal.value())
                : unit.show(goal.value()) + " / " + unit.show(goal.tailOrNull());
    }

    public static final String HEAD =
            """
            | what | median | tail | goal | reached | floor | worse than the floor |
            |---|---|---|---|---|---|---|\
            """;
}
