package dev.millwright.engine.schema;

import static dev.millwright.engine.schema.Shapes.ANYTHING;
import static dev.millwright.engine.schema.Shapes.ENVIRONMENT;
import static dev.millwright.engine.schema.Shapes.FLAG;
import static dev.millwright.engine.schema.Shapes.PATH;
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

/// The keys of a step.
final class StepForm {
    private static final Shape AMOUNT =
            either(whole(1), new Shape.Text("[1-9][0-9]?%|100%", "a percentage"));

    private StepForm() {}

    static final Key WHEN =
            Key.of(
                            "when",
                            oneOrMore(form("clause")),
                            "{event: push, branch: main}",
                            "The condition. A list holds when one of its items does; all keys of an item have to hold.")
                    .or("always");
    static final Key ENVIRONMENT_KEY =
            Key.of(
                            "environment",
                            ENVIRONMENT,
                            "{LANG: C, VERSION: \"${steps.build.outputs.version}\"}",
                            "Variables for the commands; values may hold references, or be secrets.")
                    .alias("env");
    static final Key DIRECTORY =
            Key.of(
                            "directory",
                            TEXT,
                            "services/web",
                            "Working directory, counted from the root of the workspace. Groups hand it down.")
                    .or("the root of the workspace");
    static final Key SHELL =
            Key.of(
                            "shell",
                            TEXTS,
                            "bash -e -o pipefail",
                            "The shell that runs `commands`. Groups hand it down; a bare `bash` means `bash -e`.")
                    .or("sh -e");
    static final Key TIMEOUT =
            Key.of("timeout", TIME, "20m", "The longest time from start to end, teardown apart.")
                    .or("none; 5m for teardown and ensure");
    static final Key SETUP =
            Key.of(
                    "setup",
                    STEPS,
                    "[{commands: ./up}]",
                    "Steps that run first; when one goes bad the body is skipped.");
    static final Key ENSURE =
            Key.of(
                    "ensure",
                    STEPS,
                    "[{commands: ./report}]",
                    "Steps that run after the body, whatever happened, also after a cancel.");
    static final Key TEARDOWN =
            Key.of(
                    "teardown",
                    STEPS,
                    "[{commands: ./down}]",
                    "Like `ensure`, and runs after it: takes down what `setup` built up.");

    static final Form FORM =
            new Form(
                    "step",
                    "a step",
                    true,
                    List.of(
                            Key.of(
                                            "name",
                                            TEXT,
                                            "build",
                                            "Shown to people, and used in `${steps.NAME.outputs.X}`.")
                                    .or("made of the first command"),
                            Key.of(
                                            "commands",
                                            TEXTS,
                                            "[make, make test]",
                                            "Lines of a shell script; the first that fails ends it. Nothing is ever pasted into it.")
                                    .alias("script"),
                            Key.of(
                                    "exec",
                                    new Shape.ListOf(TEXT),
                                    "[make, \"-j${matrix.jobs}\"]",
                                    "A program and its arguments, without a shell; arguments may hold references."),
                            Key.of(
                                    "style",
                                    words("bass"),
                                    "bass",
                                    "With `bass` the program of `exec` gets the arguments of that tool besides: `--trace-id`, `--traces-endpoint` and others."),
                            Key.of(
                                    "sequence",
                                    STEPS,
                                    "[{commands: a}, {commands: b}]",
                                    "Steps one after the other; the first bad one skips the rest."),
                            Key.of(
                                    "parallel",
                                    STEPS,
                                    "[{commands: a}, {commands: b}]",
                                    "Steps side by side."),
                            Key.of(
                                    "approve",
                                    either(new Shape.Nothing(), FLAG, TEXT, form("approve")),
                                    "{groups: [release], timeout: 24h}",
                                    "Wait for a person's yes or no."),
                            Key.of("wait", PAUSE, "30s", "Let time pass."),
                            Key.of(
                                    "include",
                                    PATH,
                                    "ci/checks.yaml",
                                    "The steps of another file of the same repository."),
                            Key.of(
                                    "matrix",
                                    form("matrix"),
                                    "{jdk: [21, 25], os: [linux, mac]}",
                                    "Run the step once for each combination of the values."),
                            Key.of(
                                            "maxInFlight",
                                            whole(0),
                                            "2",
                                            "How many children of `parallel` or `matrix` run at once.")
                                    .or("0: all of them"),
                            Key.of(
                                            "failFast",
                                            FLAG,
                                            "true",
                                            "Whether the first bad child of `parallel` or `matrix` cancels the others.")
                                    .or("false"),
                            WHEN,
                            ENVIRONMENT_KEY,
                            DIRECTORY,
                            SHELL,
                            TIMEOUT,
                            Key.of(
                                            "retry",
                                            either(whole(1), form("retry")),
                                            "{attempts: 3, delay: 10s, on: [lost, error]}",
                                            "How often the step is tried, and when again. A number is the tries in all.")
                                    .or("1"),
                            Key.of(
                                            "failure",
                                            words("fail", "ignore"),
                                            "ignore",
                                            "With `ignore` a bad outcome is a warning only.")
                                    .or("fail"),
                            Key.of(
                                    "outputs",
                                    new Shape.MapOf(
                                            Shapes.WORD,
                                            Shapes.WORD_WANTED,
                                            either(TEXT, form("output"))),
                                    "{version: {file: target/version.txt}}",
                                    "Values that the step publishes from files. What it writes to `$MILLWRIGHT_OUTPUT` needs no declaration."),
                            SETUP,
                            ENSURE,
                            TEARDOWN,
                            Key.of(
                                    "needs",
                                    either(
                                            TEXT,
                                            new Shape.ListOf(TEXT),
                                            new Shape.MapOf(
                                                    "[A-Za-z0-9][A-Za-z0-9._/-]*",
                                                    "letters, digits, '.', '_', '/' and '-'",
                                                    TEXT)),
                                    "{os: linux}",
                                    "Labels and facts that the node must have. Groups hand them down."),
                            Key.of(
                                            "on-lost",
                                            words("fail", "retry"),
                                            "retry",
                                            "What to do when nobody can tell how the step ended.")
                                    .alias("onLost")
                                    .or("fail"),
                            Key.of(
                                    "image",
                                    TEXT,
                                    "eclipse-temurin:25",
                                    "Run the commands in a container of this image."),
                            Key.of(
                                    "services",
                                    new Shape.ListOf(form("service")),
                                    "[{name: pg, image: \"postgres:17\"}]",
                                    "Containers that run beside the step."),
                            Key.of(
                                            "runner",
                                            TEXT,
                                            "container",
                                            "The kind of runner that carries the step out.")
                                    .or("`container` with `image` or `services`, else `process`"),
                            Key.of(
                                    "with",
                                    new Shape.MapOf("", "", ANYTHING),
                                    "{memory: 2g}",
                                    "What the runner wants to know besides; its documentation lists the keys."),
                            Key.of(
                                    "nodes",
                                    either(TEXT, new Shape.ListOf(TEXT), form("nodes")),
                                    "{selector: \"role=web\"}",
                                    "Carry out `tasks` on these nodes."),
                            Key.of(
                                    "tasks",
                                    new Shape.ListOf(new Shape.MapOf("", "", ANYTHING)),
                                    "[{package.present: {name: app}}]",
                                    "What to do on each of `nodes`."),
                            Key.of(
                                            "serial",
                                            oneOrMore(AMOUNT),
                                            "[1, 25%, 100%]",
                                            "How many of `nodes` at a time, wave by wave.")
                                    .or("all"),
                            Key.of(
                                            "maxFail",
                                            either(
                                                    whole(0),
                                                    new Shape.Text(
                                                            "[0-9]{1,2}%|100%", "a percentage")),
                                            "10%",
                                            "How many of `nodes` may fail before the rest is left alone.")
                                    .or("0"),
                            Key.of(
                                            "barrier",
                                            FLAG,
                                            "true",
                                            "Whether all `nodes` finish a task before the next begins.")
                                    .or("false")),
                    null);
}
