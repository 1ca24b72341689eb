package dev.millwright.engine.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Knows the words that other systems use, and says what they are called here.
public final class ForeignKeys {
    private static final String SECRETS = "write 'environment: {NAME: {from_secret: STORE/PATH}}'";
    private static final Map<String, String> IN_STEPS =
            Map.ofEntries(
                    Map.entry(
                            "depends_on",
                            "it is not supported; nest steps with sequence and parallel"),
                    Map.entry("run", "it is called 'commands' here"),
                    Map.entry("cmd", "it is called 'commands' here"),
                    Map.entry("do", "it is called 'sequence' here"),
                    Map.entry("steps", "inside a step it is called 'sequence'"),
                    Map.entry("in_parallel", "it is called 'parallel' here"),
                    Map.entry("group", "use 'parallel' for steps side by side"),
                    Map.entry("if", "it is called 'when' here: {expression: \"...\"}"),
                    Map.entry("try", "use 'failure: ignore'"),
                    Map.entry("continue-on-error", "use 'failure: ignore'"),
                    Map.entry("allow_failure", "use 'failure: ignore'"),
                    Map.entry("ignore_errors", "use 'failure: ignore'"),
                    Map.entry("timeout-minutes", "it is called 'timeout' here: 10m"),
                    Map.entry("attempts", "it is called 'retry' here"),
                    Map.entry("retries", "it is called 'retry' here"),
                    Map.entry(
                            "on_failure",
                            "use 'ensure'; it sees how the step ended in 'when: {expression: ...}'"),
                    Map.entry("on_success", "put the step behind this one"),
                    Map.entry("after_script", "it is called 'teardown' here"),
                    Map.entry("before_script", "it is called 'setup' here"),
                    Map.entry("cwd", "it is called 'directory' here"),
                    Map.entry("dir", "it is called 'directory' here"),
                    Map.entry("working-directory", "it is called 'directory' here"),
                    Map.entry("runs-on", "it is called 'needs' here"),
                    Map.entry("tags", "it is called 'needs' here"),
                    Map.entry("labels", "it is called 'needs' here"),
                    Map.entry("agent", "it is called 'needs' here"),
                    Map.entry("uses", "there are no actions; see 'include'"),
                    Map.entry("register", "it is called 'outputs' here"),
                    Map.entry("secrets", SECRETS),
                    Map.entry("from_secret", SECRETS),
                    Map.entry("volumes", "it is not supported yet"),
                    Map.entry("cache", "it is not supported yet"),
                    Map.entry("artifacts", "it is not supported yet"));
    private static final Map<String, String> IN_PIPELINES =
            Map.ofEntries(
                    Map.entry("jobs", "it is called 'steps' here; nest them with parallel"),
                    Map.entry("stages", "it is called 'steps' here"),
                    Map.entry("pipeline", "it is called 'steps' here"),
                    Map.entry("sequence", "at the top it is called 'steps'"),
                    Map.entry("parallel", "write 'steps:' and in it '- parallel:'"),
                    Map.entry("on", "it is called 'when' here"),
                    Map.entry("if", "it is called 'when' here"),
                    Map.entry("parameters", "it is called 'inputs' here"),
                    Map.entry("variables", "it is called 'environment' here"),
                    Map.entry("include", "write it as a step: '- include: FILE'"),
                    Map.entry("matrix", "it belongs to a step"),
                    Map.entry("secrets", SECRETS));

    private ForeignKeys() {}

    /// What to write instead of a word that the form does not know.
    public static Optional<String> advice(String word, Form form) {
        Map<String, String> words =
                switch (form.name()) {
                    case "step" -> IN_STEPS;
                    case "pipeline", "included" -> IN_PIPELINES;
                    case "clause" ->
                            Map.of(
                                    "evaluate", "it is called 'expression' here",
                                    "status", "it is not supported; see 'ensure'",
                                    "tag",
                                            "write 'event: tag' and 'expression: tag.startsWith(\"v\")'");
                    default -> Map.of();
                };
        return Optional.ofNullable(words.get(word.toLowerCase(Locale.ROOT)));
    }
}
