package dev.millwright.formats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;

/// Arranges steps that name the steps they depend on as sequences and groups. No step begins before
/// all that it depends on has ended. Where sequences and groups can say just that, they do; where
/// they cannot (two steps share one dependency, and one of them has a second), steps go in waves
/// and some wait longer than they would have to.
///
/// Used by one thread.
final class StepOrder {
    /// Deeper, waves do.
    private static final int DEEPEST = 12;

    private final List<BitSet> before;

    /// @param before for each step all steps that have to end before it, directly or not
    private StepOrder(List<BitSet> before) {
        this.before = before;
    }

    /// @param dependencies of each step, without a cycle; at least one step
    static Arrangement of(List<BitSet> dependencies) {
        List<BitSet> before = new ArrayList<>();
        for (int step = 0; step < dependencies.size(); step++) {
            before.add(reached(dependencies, step));
        }
        BitSet all = new BitSet();
        all.set(0, dependencies.size());
        return new StepOrder(before).arrange(all, 0);
    }

    /// Steps that depend on one another in a circle, the first one again at the end; none when
    /// there is no circle.
    static List<Integer> cycle(List<BitSet> dependencies) {
        for (int step = 0; step < dependencies.size(); step++) {
            if (reached(dependencies, step).get(step)) {
                return wayBack(dependencies, step);
            }
        }
        return List.of();
    }

    private static BitSet reached(List<BitSet> dependencies, int from) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            dependencies.get(open.pop()).stream()
                    .filter(next -> !reached.get(next))
                    .forEach(next -> {
                        reached.set(next);
                        open.push(next);
                    });
        }
        return reached;
    }

    private static List<Integer> wayBack(List<BitSet> dependencies, int start) {
        List<Integer> way = new ArrayList<>(List.of(start));
        BitSet seen = new BitSet();
        int at = start;
        do {
            at =
                    dependencies.get(at).stream()
                            .filter(next ->
                                    next == start
                                            || (!seen.get(next)
                                                    && reached(dependencies, next).get(start)))
                            .boxed()
                            // The shortest way that is at hand
                            .min(Comparator.comparing((Integer next) -> next != start))
                            .orElse(start);
            seen.set(at);
            way.add(at);
        } while (at != start);
        return way;
    }

    private Arrangement arrange(BitSet steps, int depth) {
        if (steps.cardinality() == 1) {
            return new Arrangement.One(steps.nextSetBit(0));
        }
        if (depth >= DEEPEST) {
            return new Arrangement.InOrder(waves(steps));
        }
        List<BitSet> apart = parts(steps, this::areOrdered);
        if (apart.size() > 1) {
            return new Arrangement.SideBySide(each(apart, depth + 1));
        }
        List<BitSet> rows = parts(steps, (one, other) -> !areOrdered(one, other));
        if (rows.size() > 1) {
            rows.sort(Comparator.comparingInt(row -> among(row.nextSetBit(0), steps)));
            return new Arrangement.InOrder(each(rows, depth + 1));
        }
        BitSet first = first(steps);
        BitSet rest = (BitSet) steps.clone();
        rest.andNot(first);
        return new Arrangement.InOrder(
                List.of(arrange(first, depth + 1), arrange(rest, depth + 1)));
    }

    private List<Arrangement> each(List<BitSet> parts, int depth) {
        return parts.stream().map(part -> arrange(part, depth)).toList();
    }

    private boolean areOrdered(int one, int other) {
        return before.get(one).get(other) || before.get(other).get(one);
    }

    /// How many of the steps have to end before this one.
    private int among(int step, BitSet steps) {
        BitSet those = (BitSet) before.get(step).clone();
        those.and(steps);
        return those.cardinality();
    }

    private BitSet first(BitSet steps) {
        BitSet first = new BitSet();
        steps.stream().filter(step -> among(step, steps) == 0).forEach(first::set);
        return first;
    }

    private List<Arrangement> waves(BitSet steps) {
        List<Arrangement> waves = new ArrayList<>();
        BitSet rest = (BitSet) steps.clone();
        while (!rest.isEmpty()) {
            BitSet wave = first(rest);
            List<Arrangement> members =
                    wave.stream().<Arrangement>mapToObj(Arrangement.One::new).toList();
            waves.add(
                    members.size() == 1 ? members.getFirst() : new Arrangement.SideBySide(members));
            rest.andNot(wave);
        }
        return waves;
    }

    /// The steps by what hangs together, in the order of their first steps.
    private static List<BitSet> parts(BitSet steps, BiPredicate<Integer, Integer> together) {
        List<BitSet> parts = new ArrayList<>();
        BitSet rest = (BitSet) steps.clone();
        while (!rest.isEmpty()) {
            BitSet part = new BitSet();
            Deque<Integer> open = new ArrayDeque<>(List.of(rest.nextSetBit(0)));
            rest.clear(rest.nextSetBit(0));
            while (!open.isEmpty()) {
                int step = open.pop();
                part.set(step);
                rest.stream()
                        .filter(other -> together.test(step, other))
                        .boxed()
                        .toList()
                        .forEach(other -> {
                            rest.clear(other);
                            open.push(other);
                        });
            }
            parts.add(part);
        }
        return parts;
    }
}
