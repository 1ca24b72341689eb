package dev.millwright.engine.plan;

import dev.millwright.engine.expression.Variables;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The environment of a step: what Millwright says about the run, then what the pipeline says, the
/// inner groups last. The node adds the paths. Pure; any thread.
public final class StepEnvironment {
    private static final int MOST_FILES_IN_VARIABLE = 500;

    /// The kernel takes no variable of more than 128 KiB.
    private static final int LONGEST_VALUE = 32 * 1024;

    private static final Pattern OTLP_RECEIVER =
            Pattern.compile("OTEL_EXPORTER_OTLP_([A-Z]+_)?(ENDPOINT|HEADERS)");

    private static final String VERSION = "0.1.0";

    private StepEnvironment() {}

    /// Throws [dev.millwright.engine.expression.ReferenceException] when a value refers to
    /// something that is not there.
    public static Map<String, String> of(Plan plan, RunState state, Step.Run step, RunFacts facts) {
        Map<String, String> environment = new LinkedHashMap<>();
        system(environment, plan, step, facts);
        plan.head().source().ifPresent(source -> source(environment, source));
        plan.head().change().ifPresent(change -> change(environment, change));
        plan.head()
                .values()
                .forEach((name, value) ->
                        environment.put(variable("MILLWRIGHT_INPUT_", name), value));
        step.options()
                .matrix()
                .forEach((name, value) -> environment.put(variable("MATRIX_", name), value));
        trace(environment, facts);
        environment.putAll(facts.telemetry());
        Map<String, String> all = Variables.of(environment, plan, state, step);
        if (sendsElsewhere(all, facts.telemetry())) {
            // The token for this server is nothing for another one
            facts.telemetry().forEach(all::remove);
        }
        return all;
    }

    /// Whether the pipeline names another receiver of telemetry, or other headers for it.
    private static boolean sendsElsewhere(Map<String, String> all, Map<String, String> ours) {
        return all.entrySet().stream()
                .filter(variable -> OTLP_RECEIVER.matcher(variable.getKey()).matches())
                .anyMatch(variable -> !variable.getValue().equals(ours.get(variable.getKey())));
    }

    private static String variable(String prefix, String name) {
        return prefix + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static void system(
            Map<String, String> environment, Plan plan, Step.Run step, RunFacts facts) {
        Plan.Head head = plan.head();
        String runUrl = facts.serverUrl() + "/api/v1/runs/" + facts.run();
        environment.put("CI", "true");
        environment.put("CI_NAME", "millwright");
        environment.put("MILLWRIGHT", "true");
        environment.put("CI_SYSTEM_NAME", "millwright");
        environment.put("CI_SYSTEM_URL", facts.serverUrl());
        environment.put(
                "CI_SYSTEM_HOST",
                facts.serverUrl().replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", ""));
        environment.put("CI_SYSTEM_VERSION", VERSION);
        environment.put("CI_PIPELINE_NUMBER", Long.toString(facts.number()));
        environment.put("CI_PIPELINE_EVENT", head.event());
        environment.put("CI_PIPELINE_URL", runUrl);
        environment.put("CI_PIPELINE_CREATED", Long.toString(facts.createdAt().getEpochSecond()));
        environment.put("CI_PIPELINE_STARTED", Long.toString(facts.startedAt().getEpochSecond()));
        environment.put(
                "CI_PIPELINE_PARENT",
                facts.rerunOfOrNull() == null ? "" : facts.rerunOfOrNull().toString());
        environment.put("CI_WORKFLOW_NAME", head.pipeline());
        environment.put("CI_STEP_NAME", step.name());
        environment.put("CI_STEP_NUMBER", Integer.toString(plan.indexOf(step.path())));
        environment.put("CI_STEP_STARTED", Long.toString(facts.startedAt().getEpochSecond()));
        environment.put("CI_STEP_URL", runUrl + "/steps/" + step.path());
        environment.put("CI_ATTEMPT", Integer.toString(facts.attempt()));
        environment.put("BUILD_NUMBER", Long.toString(facts.number()));
        environment.put("BUILD_URL", runUrl);
        environment.put("MILLWRIGHT_NAMESPACE", head.namespace());
        environment.put("MILLWRIGHT_PIPELINE", head.pipeline());
        environment.put("MILLWRIGHT_RUN_ID", facts.run().toString());
        environment.put("MILLWRIGHT_STEP_PATH", step.path().value());
        environment.put("MILLWRIGHT_FENCE", Long.toString(facts.fence()));
        environment.put("MILLWRIGHT_NODE_NAME", facts.node().value());
    }

    private static void source(Map<String, String> environment, Source source) {
        if (!source.url().isEmpty()) {
            repository(environment, source);
        }
        environment.put("CI_COMMIT_SHA", source.commit());
        environment.put("CI_COMMIT_REF", source.ref().orElse(""));
        environment.put("CI_COMMIT_BRANCH", source.branch());
        environment.put("CI_COMMIT_TAG", source.tag());
        environment.put("CI_COMMIT_MESSAGE", bounded(source.message()));
        environment.put("CI_COMMIT_AUTHOR", bounded(source.author()));
        environment.put("CI_COMMIT_AUTHOR_EMAIL", bounded(source.authorEmail()));
        environment.put("CI_PREV_COMMIT_SHA", source.previousCommit());
        environment.put("CI_PIPELINE_FILES", files(source));
        environment.put("GIT_COMMIT", source.commit());
        environment.put("GIT_BRANCH", source.branch());
    }

    /// What a trigger told. Everything may come from strangers: it is for variables only.
    private static void change(Map<String, String> environment, Change change) {
        environment.put("CI_PIPELINE_AUTHOR", bounded(change.sender()));
        environment.put("CI_PIPELINE_FORGE_URL", bounded(change.link()));
        environment.put("MILLWRIGHT_DELIVERY", bounded(change.delivery()));
        change.pullRequest()
                .ifPresent(pull -> {
                    environment.put("CI_COMMIT_PULL_REQUEST", Long.toString(pull.number()));
                    environment.put("CI_COMMIT_PULL_REQUEST_TITLE", bounded(pull.title()));
                    environment.put(
                            "CI_COMMIT_PULL_REQUEST_LABELS",
                            bounded(String.join(",", pull.labels())));
                    environment.put("CI_COMMIT_SOURCE_BRANCH", bounded(pull.sourceBranch()));
                    environment.put("CI_COMMIT_TARGET_BRANCH", bounded(pull.targetBranch()));
                    environment.put(
                            "CI_COMMIT_REFSPEC",
                            bounded(pull.sourceBranch() + ":" + pull.targetBranch()));
                });
    }

    private static void repository(Map<String, String> environment, Source source) {
        String repository = repositoryPath(source.url());
        int slash = repository.lastIndexOf('/');
        environment.put("CI_REPO", repository);
        environment.put("CI_REPO_OWNER", slash < 0 ? "" : repository.substring(0, slash));
        environment.put("CI_REPO_NAME", repository.substring(slash + 1));
        environment.put("CI_REPO_URL", source.url());
        environment.put("CI_REPO_CLONE_URL", source.url());
    }

    /// What the kernel takes: not too long, and without the character that ends a variable.
    private static String bounded(String text) {
        String whole = text.replace("\0", "");
        return whole.length() > LONGEST_VALUE ? whole.substring(0, LONGEST_VALUE) : whole;
    }

    /// A JSON list, or nothing when it would be too long for a variable.
    private static String files(Source source) {
        if (source.changedFiles().size() > MOST_FILES_IN_VARIABLE) {
            return "";
        }
        String json =
                source.changedFiles().stream()
                        .map(StepEnvironment::quoted)
                        .collect(Collectors.joining(",", "[", "]"));
        return json.length() > LONGEST_VALUE ? "" : json;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\').append((char) c);
                    } else if (c < ' ') {
                        quoted.append("\\u%04x".formatted(c));
                    } else {
                        quoted.append((char) c);
                    }
                });
        return quoted.append('"').toString();
    }

    private static String repositoryPath(String url) {
        String path = url.replaceFirst("^[a-z+]+://[^/]*/?", "").replaceFirst("^[^/]*@[^:]*:", "");
        String clean = path.replaceFirst("\\.git/?$", "").replaceFirst("/+$", "");
        int name = clean.lastIndexOf('/');
        int owner = clean.lastIndexOf('/', name - 1);
        return Optional.of(clean.substring(name <= 0 ? name + 1 : owner + 1))
                .filter(found -> !found.isEmpty())
                .orElse("repository");
    }

    /// W3C trace context, so that tools inside the step join the run's trace.
    private static void trace(Map<String, String> environment, RunFacts facts) {
        environment.put("TRACEPARENT", "00-%s-%s-01".formatted(facts.traceId(), facts.spanId()));
    }
}
