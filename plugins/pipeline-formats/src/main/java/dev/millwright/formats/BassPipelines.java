package dev.millwright.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Translates the list of pipelines: of each the program that is its build. What starts it, from
/// which repository, and whom it tells is said in Millwright's own resource of kind `Pipeline`.
final class BassPipelines {
    private static final List<String> KEYS =
            List.of(
                    "repository",
                    "ref",
                    "cwd",
                    "exec",
                    "tags",
                    "notifications",
                    "poll",
                    "webhook",
                    "msg-pattern",
                    "tag-pattern",
                    "ref-pattern");
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "repository", "'spec.repository' of the Pipeline says it",
                    "ref", "'spec.repository.branch' of the Pipeline says it",
                    "poll", "'spec.polls' of the Pipeline says it",
                    "webhook", "'spec.hooks' of the Pipeline says it",
                    "msg-pattern", "'spec.hooks' of the Pipeline says what starts it",
                    "tag-pattern", "'spec.hooks' of the Pipeline says what starts it",
                    "ref-pattern", "'spec.hooks' of the Pipeline says what starts it",
                    "notifications", "nobody is told by this file");

    private BassPipelines() {}

    /// The entry that has the pipeline's name, or the only one. With no name, all of them side by
    /// side: the file is only checked.
    ///
    /// @param pipeline its name; may be empty
    static Made of(Keys file, String pipeline) {
        List<String> names = new ArrayList<>(file.map().entries().keySet());
        names.removeIf(name -> !file.has(name) || name.startsWith("_") || name.startsWith("x-"));
        Made made = new Made(file.place());
        if (names.isEmpty()) {
            file.faults().add(file.place(), "the file holds no pipeline");
            return made;
        }
        if (names.contains(pipeline)) {
            names.removeIf(name -> !name.equals(pipeline));
        } else if (names.size() > 1 && !pipeline.isEmpty()) {
            file.faults()
                    .add(
                            file.place(),
                            "the file holds several pipelines, and none is named '%s'; there is %s"
                                    .formatted(pipeline, String.join(", ", names)));
            return made;
        }
        List<Made> steps = names.stream().flatMap(name -> entry(file, name).stream()).toList();
        return steps.size() > 1
                ? made.put("steps", List.of(new Made(file.place()).put("parallel", steps)))
                : made.put("steps", steps);
    }

    private static Optional<Made> entry(Keys file, String name) {
        String owner = "pipeline '%s'".formatted(name);
        return file.fields(name).map(map -> step(name, new Keys(map, owner, file.faults())));
    }

    private static Made step(String name, Keys entry) {
        Made step = new Made(entry.place());
        step.put("name", Literal.of(name), entry.place());
        entry.leaveOutAllBut(KEYS);
        KEYS.stream()
                .filter(key -> ELSEWHERE.containsKey(key) && entry.has(key))
                .forEach(key ->
                        entry.faults()
                                .warn(
                                        entry.place(key),
                                        "%s: '%s' is left out; %s"
                                                .formatted(
                                                        entry.owner(), key, ELSEWHERE.get(key))));
        BassFolder.put(step, BassFolder.of(entry, ""), entry);
        if (entry.has("exec")) {
            program(entry, step);
        } else {
            entry.faults().add(entry.place(), "%s: 'exec' is missing".formatted(entry.owner()));
        }
        List<String> tags = tags(entry);
        return tags.isEmpty() ? step : step.put("needs", tags, entry.place("tags"));
    }

    /// The program gets the arguments that a worker of bass gives it; only the nodes inside it know
    /// variables.
    private static void program(Keys entry, Made step) {
        List<String> words = entry.texts("exec").stream().map(Placed.Scalar::text).toList();
        if (words.isEmpty() || words.getFirst().isBlank()) {
            entry.faults().add(entry.place("exec"), entry.owner() + ": 'exec' is empty");
        } else {
            step.put("exec", words.stream().map(Literal::of).toList(), entry.place("exec"))
                    .put("style", "bass", entry.place("exec"));
        }
    }

    /// A list, or a text with commas.
    private static List<String> tags(Keys entry) {
        List<String> tags = new ArrayList<>();
        for (Placed.Scalar written : entry.texts("tags")) {
            for (String tag : written.text().split(",", -1)) {
                if (tag.isBlank()) {
                    continue;
                }
                if (!tag.strip().matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,100}")) {
                    entry.faults()
                            .add(
                                    written.place(),
                                    "%s: '%s' is no tag; it has letters, digits, '.', '_', '/' and '-'"
                                            .formatted(entry.owner(), tag.strip()));
                } else {
                    tags.add(tag.strip());
                }
            }
        }
        return tags;
    }
}
