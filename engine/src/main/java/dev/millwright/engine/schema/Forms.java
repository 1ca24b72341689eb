package dev.millwright.engine.schema;

import static dev.millwright.engine.schema.Shapes.FLAG;
import static dev.millwright.engine.schema.Shapes.PAUSE;
import static dev.millwright.engine.schema.Shapes.STEPS;
import static dev.millwright.engine.schema.Shapes.TEXT;
import static dev.millwright.engine.schema.Shapes.TEXTS;
import static dev.millwright.engine.schema.Shapes.TIME;
import static dev.millwright.engine.schema.Shapes.either;
import static dev.millwright.engine.schema.Shapes.form;
import static dev.millwright.engine.schema.Shapes.oneOrMore;
import static dev.millwright.engine.schema.Shapes.whole;
import static dev.millwright.engine.schema.Shapes.words;

import java.util.List;
import java.util.NoSuchElementException;

/// Every form of pipeline files. This one table drives the reader, its suggestions, the JSON Schema
/// and the reference tables of the documentation.
public final class Forms {
    /// What can cause a run.
    public static final List<String> EVENTS =
            List.of(
                    "push",
                    "pull_request",
                    "pull_request_closed",
                    "tag",
                    "release",
                    "deployment",
                    "cron",
                    "manual",
                    "api",
                    "event",
                    "webhook");

    /// A whole pipeline.
    public static final Form PIPELINE =
            new Form(
                    "pipeline",
                    "a pipeline",
                    true,
                    List.of(
                            Key.of(
                                            "name",
                                            TEXT,
                                            "web",
                                            "Shown to people as the name of the root step.")
                                    .or("the name of the pipeline resource"),
                            Key.of(
                                    "description",
                                    TEXT,
                                    "Builds and ships the web shop",
                                    "A sentence for people."),
                            Key.of(
                                    "inputs",
                                    new Shape.MapOf(
                                            Shapes.WORD,
                                            Shapes.WORD_WANTED,
                                            either(new Shape.Nothing(), TEXT, form("input"))),
                                    "{target: {values: [staging, prod], default: staging}}",
                                    "Typed parameters of a run. A plain value is the default of a text."),
                            StepForm.WHEN,
                            Key.of(
                                    "concurrency",
                                    either(TEXT, form("concurrency")),
                                    "{group: \"deploy-${inputs.target}\"}",
                                    "Runs of one group go one at a time, oldest first."),
                            Key.of(
                                            "priority",
                                            new Shape.Whole(-100, 100),
                                            "50",
                                            "Steps of runs with a higher priority get free slots first.")
                                    .or("0"),
                            StepForm.ENVIRONMENT_KEY,
                            StepForm.DIRECTORY,
                            StepForm.SHELL,
                            StepForm.TIMEOUT.or("none"),
                            StepForm.SETUP,
                            Key.of(
                                            "steps",
                                            STEPS,
                                            "[{commands: make}]",
                                            "What the pipeline does, step after step.")
                                    .mandatory(),
                            StepForm.ENSURE,
                            StepForm.TEARDOWN),
                    null);

    /// An included file that is a map.
    public static final Form INCLUDED =
            new Form(
                    "included",
                    "an included file",
                    true,
                    List.of(
                            Key.of(
                                    "description",
                                    TEXT,
                                    "Checks that all pipelines share",
                                    "A sentence for people."),
                            Key.of(
                                            "steps",
                                            STEPS,
                                            "[{commands: make}]",
                                            "The steps that stand in for the `include`.")
                                    .mandatory()),
                    null);

    public static final Form STEP = StepForm.FORM;

    private static final Form CLAUSE =
            Form.of(
                    "clause",
                    "a condition",
                    Key.of(
                            "event",
                            oneOrMore(new Shape.Word(EVENTS)),
                            "[push, tag]",
                            "What caused the run."),
                    Key.of(
                            "branch",
                            TEXTS,
                            "[main, release/*]",
                            "Patterns for the branch: `*` stays within a `/`, `**` does not."),
                    Key.of(
                            "path",
                            either(TEXT, new Shape.ListOf(TEXT), form("paths")),
                            "{include: [\"src/**\"], exclude: [\"**/*.md\"]}",
                            "Patterns for changed files. Holds when nobody knows what changed."),
                    Key.of(
                            "expression",
                            TEXT,
                            "inputs.target == 'prod'",
                            "A CEL expression that gives true or false."));

    private static final Form PATHS =
            Form.of(
                    "paths",
                    "a condition on paths",
                    Key.of(
                                    "include",
                                    TEXTS,
                                    "[\"src/**\"]",
                                    "At least one changed file has to match.")
                            .or("every file"),
                    Key.of("exclude", TEXTS, "[\"**/*.md\"]", "Changed files that do not count."));

    private static final Form SECRET =
            Form.of(
                    "secret",
                    "a secret",
                    Key.of(
                                    "from_secret",
                                    new Shape.Text(
                                            "[a-z0-9][-a-z0-9]*/[^#{}$\\s]+(#[^#{}$\\s]+)?",
                                            "STORE/PATH or STORE/PATH#KEY"),
                                    "nexus/ci/upload#token",
                                    "Where the value is kept: the name of a `SecretStore`, and what that store calls it.")
                            .mandatory());

    private static final Form INPUT =
            Form.of(
                    "input",
                    "an input",
                    Key.of(
                                    "type",
                                    words("string", "number", "boolean", "enum"),
                                    "number",
                                    "What the input may hold.")
                            .or("string; enum when there are values"),
                    Key.of(
                            "values",
                            new Shape.ListOf(TEXT),
                            "[staging, prod]",
                            "The values of an enum."),
                    Key.of("default", TEXT, "staging", "Used when the caller gives none.")
                            .or("the caller has to give one"),
                    Key.of("description", TEXT, "Where to deploy", "A sentence for people."));

    private static final Form CONCURRENCY =
            Form.of(
                    "concurrency",
                    "a concurrency group",
                    Key.of(
                                    "group",
                                    TEXT,
                                    "deploy-${inputs.target}",
                                    "Name of the group; may refer to inputs.")
                            .mandatory(),
                    Key.of(
                                    "cancelPrevious",
                                    FLAG,
                                    "true",
                                    "Whether a new run cancels the older ones instead of waiting.")
                            .or("false"));

    private static final Form RETRY =
            Form.of(
                    "retry",
                    "a retry",
                    Key.of("attempts", whole(1), "3", "Tries in all.").or("2"),
                    Key.of("delay", PAUSE, "10s", "Time between two tries.").or("none"),
                    Key.of(
                                    "on",
                                    oneOrMore(words("failure", "error", "timeout", "lost")),
                                    "[error, lost]",
                                    "Which ends are worth another try.")
                            .or("failure, error, timeout"));

    private static final Form OUTPUT =
            Form.of(
                    "output",
                    "an output",
                    Key.of(
                                    "file",
                                    TEXT,
                                    "target/version.txt",
                                    "The file to read, counted from the step's directory.")
                            .mandatory(),
                    Key.of(
                                    "regex",
                                    TEXT,
                                    "version=(.*)",
                                    "RE2 expression over the file; its first group, or else the whole match.")
                            .or("the whole file"));

    private static final Form APPROVE =
            Form.of(
                    "approve",
                    "an approval",
                    Key.of("groups", TEXTS, "[release]", "Who may answer.")
                            .or("everyone who may operate the pipeline"),
                    Key.of("message", TEXT, "Ship it?", "What the person is asked."),
                    Key.of("timeout", TIME, "24h", "How long to wait for the answer.")
                            .or("for ever"));

    private static final Form MATRIX =
            new Form(
                    "matrix",
                    "a matrix",
                    false,
                    List.of(
                            Key.of(
                                    "include",
                                    Shapes.CELLS,
                                    "[{jdk: 25, fast: true}]",
                                    "More cells, or more values for the cells that match."),
                            Key.of(
                                    "exclude",
                                    Shapes.CELLS,
                                    "[{jdk: 21, os: mac}]",
                                    "Cells to leave out.")),
                    new Shape.ListOf(TEXT));

    private static final Form SERVICE =
            new Form(
                    "service",
                    "a service",
                    false,
                    List.of(
                            Key.of("name", TEXT, "pg", "Host name of the service.").mandatory(),
                            Key.of("image", TEXT, "postgres:17", "Image of its container.")
                                    .mandatory(),
                            Key.of(
                                            "environment",
                                            Shapes.ENVIRONMENT,
                                            "{POSTGRES_DB: test}",
                                            "Variables of its container; values may hold references, or be secrets.")
                                    .alias("env")),
                    Shapes.ANYTHING);

    private static final Form NODES =
            Form.of(
                    "nodes",
                    "a choice of nodes",
                    Key.of("selector", TEXT, "role=web,env=prod", "Labels of the nodes.")
                            .mandatory());

    private static final List<Form> ALL =
            List.of(
                    PIPELINE,
                    STEP,
                    CLAUSE,
                    PATHS,
                    SECRET,
                    INPUT,
                    CONCURRENCY,
                    RETRY,
                    OUTPUT,
                    APPROVE,
                    MATRIX,
                    SERVICE,
                    NODES);

    private Forms() {}

    /// All forms of a pipeline file, the pipeline itself first.
    public static List<Form> all() {
        return ALL;
    }

    public static Form named(String name) {
        return ALL.stream()
                .filter(form -> form.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no form '" + name + "'"));
    }
}
