package dev.millwright.engine.yaml;

import java.util.List;

/// A key that pipeline files know. One table of them drives reader, suggestions, schema and docs.
///
/// @param schema the JSON Schema of its value
/// @param doc one sentence for people
public record Key(String name, Place place, String schema, String doc) {
    /// Where a key may stand.
    public enum Place {
        PIPELINE,
        STEP,
        BOTH
    }

    private static final String TEXT = "{\"type\":\"string\"}";
    private static final String TEXTS =
            "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"number\",\"boolean\"]},\"minItems\":1}]}";
    private static final String COMMANDS =
            "{\"oneOf\":[{\"type\":\"string\",\"minLength\":1},{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"number\",\"boolean\"]},\"minItems\":1}]}";
    private static final String DURATION = ref("duration");
    private static final String STEPS = ref("steps");
    private static final String MAP = "{\"type\":\"object\"}";
    private static final String VALUES =
            "{\"type\":\"object\",\"additionalProperties\":{\"type\":[\"string\",\"number\",\"boolean\",\"null\"]}}";
    private static final String FLAG = "{\"type\":\"boolean\"}";
    private static final String COUNT = "{\"type\":\"integer\",\"minimum\":0}";
    private static final String ANY_LIST = "{\"type\":\"array\"}";

    private static String ref(String name) {
        return "{\"$ref\":\"#/$defs/" + name + "\"}";
    }

    private static Key key(String name, Place place, String schema, String doc) {
        return new Key(name, place, schema, doc);
    }

    /// Every key, in the order in which people usually write them.
    public static final List<Key> ALL =
            List.of(
                    key("name", Place.BOTH, TEXT, "Shown to people, and used in `${steps.NAME.outputs.X}`."),
                    key("inputs", Place.PIPELINE, MAP, "Typed parameters: `type`, `values`, `default`, `description`."),
                    key("concurrency", Place.PIPELINE, "{\"type\":[\"string\",\"object\"]}", "Runs of one `group` go one at a time; `cancelPrevious` cancels the older ones instead."),
                    key("steps", Place.PIPELINE, STEPS, "The steps, one after the other."),
                    key("when", Place.BOTH, ref("when"), "The condition: a list means any of its items, the keys of one item mean all of them."),
                    key("environment", Place.BOTH, VALUES, "Variables; values may refer to `${inputs.X}`, `${matrix.X}` and `${steps.NAME.outputs.X}`."),
                    key("directory", Place.BOTH, TEXT, "Working directory inside the workspace."),
                    key("shell", Place.BOTH, TEXTS, "The shell that runs `commands`; the default is `sh -e`."),
                    key("timeout", Place.BOTH, DURATION, "The longest time from start to end, teardown apart."),
                    key("commands", Place.STEP, COMMANDS, "Lines of a shell script."),
                    key("script", Place.STEP, COMMANDS, "The same as `commands`."),
                    key("exec", Place.STEP, TEXTS, "A program and its arguments, without a shell."),
                    key("sequence", Place.STEP, STEPS, "Steps one after the other; the first bad one skips the rest."),
                    key("parallel", Place.STEP, STEPS, "Steps side by side."),
                    key("maxInFlight", Place.STEP, COUNT, "How many children of `parallel` or `matrix` run at once; 0 means all."),
                    key("failFast", Place.STEP, FLAG, "Whether the first bad child of `parallel` or `matrix` cancels the others."),
                    key("matrix", Place.STEP, MAP, "Lists of values by name: the step runs once for each combination; `include` and `exclude` change the table."),
                    key("approve", Place.STEP, "{\"type\":[\"boolean\",\"object\"]}", "Wait for a person: `groups`, `message`, `timeout`."),
                    key("wait", Place.STEP, DURATION, "Let time pass."),
                    key("include", Place.STEP, TEXT, "The steps of another file of the repository."),
                    key("retry", Place.STEP, "{\"type\":[\"integer\",\"object\"]}", "Tries in all, or `attempts`, `delay` and `on`."),
                    key("failure", Place.STEP, "{\"enum\":[\"ignore\",\"fail\"]}", "`ignore` makes a bad outcome a warning."),
                    key("outputs", Place.STEP, MAP, "Values for later steps: `NAME: {file: ..., regex: ...}`."),
                    key("setup", Place.BOTH, STEPS, "Steps before; when one goes bad the body is skipped."),
                    key("ensure", Place.BOTH, STEPS, "Steps after, whatever happened, before `teardown`."),
                    key("teardown", Place.BOTH, STEPS, "Steps after, whatever happened, also after a cancel."),
                    key("needs", Place.STEP, VALUES, "Labels that the node must have."),
                    key("on-lost", Place.STEP, "{\"enum\":[\"fail\",\"retry\"]}", "What to do when nobody can tell how the step ended."),
                    key("image", Place.STEP, TEXT, "Run in a container of this image."),
                    key("pull", Place.STEP, "{}", "When the image is pulled."),
                    key("entrypoint", Place.STEP, TEXTS, "The container's entry point."),
                    key("volumes", Place.STEP, TEXTS, "Mounts of the container."),
                    key("privileged", Place.STEP, FLAG, "Whether the container is privileged."),
                    key("services", Place.STEP, ANY_LIST, "Containers that run beside the step."),
                    key("nodes", Place.STEP, "{}", "Run `tasks` on these nodes."),
                    key("tasks", Place.STEP, ANY_LIST, "What to do on each node."),
                    key("serial", Place.STEP, "{}", "How many nodes at a time."),
                    key("maxFail", Place.STEP, "{}", "How many nodes may fail."),
                    key("barrier", Place.STEP, FLAG, "Whether all nodes finish a task before the next."));

    static List<String> names(Place place) {
        return ALL.stream()
                .filter(key -> key.place() == place || key.place() == Place.BOTH)
                .map(Key::name)
                .toList();
    }
}
