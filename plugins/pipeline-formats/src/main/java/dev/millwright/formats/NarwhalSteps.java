package dev.millwright.formats;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The steps of a `narwhal.yml`. When none of them depends on another they run in the order of the
/// file; else each begins as soon as what it names has ended. What names no step is a package that
/// is installed before the step's command. Used by one thread.
final class NarwhalSteps {
    private static final List<String> KEYS = List.of("name", "dependencies", "command");
    private static final int MOST = 500;
    private static final int SHORTEST_MISTAKE = 5;

    private final Faults faults;
    private final String image;
    private final List<Keys> steps = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /// Of each step.
    private final List<List<String>> packages = new ArrayList<>();

    private NarwhalSteps(Faults faults, String image) {
        this.faults = faults;
        this.image = image;
    }

    /// @param image in which they run
    static NarwhalSteps of(Keys file, String image) {
        NarwhalSteps steps = new NarwhalSteps(file.faults(), image);
        List<Placed.Fields> maps = file.maps("steps");
        if (maps.isEmpty() && file.faults().isEmpty()) {
            file.faults()
                    .add(
                            file.place("steps"),
                            file.has("steps") ? "'steps' is empty" : "'steps' is missing");
        }
        if (maps.size() > MOST) {
            file.faults()
                    .add(file.place("steps"), "the file has more than %d steps".formatted(MOST));
            return steps;
        }
        maps.forEach(steps::add);
        return steps;
    }

    private void add(Placed.Fields map) {
        int number = steps.size() + 1;
        String name = name(map).orElse("");
        String owner = name.isEmpty() ? "step " + number : "step '%s'".formatted(name);
        Keys step = new Keys(map, owner, faults);
        var _ = step.text("name");
        step.leaveOutAllBut(KEYS);
        if (!step.has("command")) {
            faults.add(map.place(), "%s: 'command' is missing".formatted(owner));
        }
        names.add(name);
        steps.add(step);
    }

    private static Optional<String> name(Placed.Fields map) {
        return Optional.ofNullable(map.entries().get("name"))
                .map(Placed.Entry::value)
                .filter(Placed.Scalar.class::isInstance)
                .map(value -> ((Placed.Scalar) value).text().strip());
    }

    /// The steps as Millwright has them; whatever is wrong is noted.
    List<Made> arranged() {
        List<BitSet> dependencies =
                IntStream.range(0, steps.size()).mapToObj(this::dependencies).toList();
        List<Made> made = IntStream.range(0, steps.size()).mapToObj(this::made).toList();
        if (!faults.isEmpty() || dependencies.stream().allMatch(BitSet::isEmpty)) {
            return made;
        }
        List<Integer> circle = StepOrder.cycle(dependencies);
        if (!circle.isEmpty()) {
            Keys first = steps.get(circle.getFirst());
            faults.add(
                    first.place("dependencies"),
                    "'dependencies' go in a circle: "
                            + circle.stream().map(names::get).collect(Collectors.joining(" -> ")));
            return made;
        }
        return asSteps(StepOrder.of(dependencies), made);
    }

    /// A name that no step has is a package, as it is for narwhal itself.
    private BitSet dependencies(int number) {
        BitSet dependencies = new BitSet();
        Keys step = steps.get(number);
        List<String> wanted = new ArrayList<>();
        packages.add(wanted);
        for (Placed.Scalar named : step.texts("dependencies")) {
            String name = named.text().strip();
            int[] found =
                    IntStream.range(0, names.size())
                            .filter(other -> names.get(other).equals(name))
                            .toArray();
            if (found.length == 1) {
                dependencies.set(found[0]);
            } else if (found.length > 1 || !Packages.isName(name) || isNearStep(name)) {
                faults.add(named.place(), unclear(step, name, found.length));
            } else {
                wanted.add(name);
                faults.warn(
                        named.place(),
                        "%s: '%s' is the name of no step and is installed as a package of the image"
                                .formatted(step.owner(), name));
            }
        }
        return dependencies;
    }

    /// A step that is mistyped must not become a package. A short name is too soon near another.
    private boolean isNearStep(String name) {
        List<String> longer =
                names.stream().filter(one -> one.length() >= SHORTEST_MISTAKE).toList();
        return name.length() >= SHORTEST_MISTAKE && !Suggestion.of(name, longer).isEmpty();
    }

    private String unclear(Keys step, String name, int found) {
        String head = "%s: 'dependencies' names '%s', ".formatted(step.owner(), name);
        if (found > 1) {
            return head + "and %d steps of the file have that name".formatted(found);
        }
        return head
                + "and no step of the file has that name"
                + (Packages.isName(name)
                        ? Suggestion.of(name, names)
                        : ", nor can a package have it");
    }

    private Made made(int number) {
        Keys step = steps.get(number);
        List<String> wanted = packages.get(number);
        Made made = new Made(step.place());
        step.text("name")
                .ifPresent(name -> made.put("name", Literal.of(name.strip()), step.place("name")));
        made.put("image", image, step.place());
        step.text("command")
                .ifPresent(command ->
                        made.put(
                                "commands",
                                wanted.isEmpty()
                                        ? List.of(command)
                                        : List.of(Packages.installing(wanted), command),
                                step.place("command")));
        if (!wanted.isEmpty()) {
            // Nobody else may install anything
            made.put("with", Map.of("user", "root"), step.place("dependencies"));
        }
        return made;
    }

    /// The pipeline's own list of steps is a sequence already.
    private List<Made> asSteps(Arrangement arrangement, List<Made> made) {
        return arrangement instanceof Arrangement.InOrder(List<Arrangement> parts)
                ? parts.stream().flatMap(part -> asSteps(part, made).stream()).toList()
                : List.of(asStep(arrangement, made));
    }

    private Made asStep(Arrangement arrangement, List<Made> made) {
        return switch (arrangement) {
            case Arrangement.One(int step) -> made.get(step);
            case Arrangement.InOrder inOrder ->
                    new Made(steps.getFirst().place()).put("sequence", asSteps(inOrder, made));
            case Arrangement.SideBySide(List<Arrangement> parts) ->
                    new Made(steps.getFirst().place())
                            .put(
                                    "parallel",
                                    parts.stream().map(part -> asStep(part, made)).toList());
        };
    }
}
