package dev.millwright.server.trigger;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequestBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps what a trigger asks for in the parameters of a delivery, below `request`.
public final class RunRequests {
    private static final String KEY = "request";

    private RunRequests() {}

    /// The parameters of a delivery that asks for that run.
    public static Parameters stored(RunRequest request) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("event", request.event());
        put(values, "ref", request.ref());
        put(values, "commit", request.commit());
        put(values, "previousCommit", request.previousCommit());
        put(values, "message", request.message());
        put(values, "author", request.author());
        put(values, "authorEmail", request.authorEmail());
        put(values, "sender", request.sender());
        put(values, "link", request.link());
        request.changedFiles().ifPresent(files -> values.put("changedFiles", files));
        if (!request.inputs().isEmpty()) {
            values.put("inputs", request.inputs());
        }
        request.pullRequest().ifPresent(pull -> values.put("pullRequest", stored(pull)));
        values.put("trust", request.trust().name());
        values.put("oncePerCommit", request.oncePerCommit());
        return new Parameters(Map.of(KEY, values));
    }

    private static void put(Map<String, Object> values, String key, String value) {
        if (!value.isEmpty()) {
            values.put(key, value);
        }
    }

    private static Map<String, Object> stored(PullRequest pull) {
        return Map.of(
                "number", pull.number(),
                "title", pull.title(),
                "sourceBranch", pull.sourceBranch(),
                "targetBranch", pull.targetBranch(),
                "sourceRepository", pull.sourceRepository(),
                "labels", pull.labels(),
                "draft", pull.draft(),
                "fork", pull.fork());
    }

    /// Empty when the delivery holds none.
    static Optional<RunRequest> of(Parameters parameters) {
        return map(parameters, KEY).map(RunRequests::read);
    }

    private static Optional<Parameters> map(Parameters parameters, String key) {
        return parameters.values().get(key) instanceof Map<?, ?> map
                ? Optional.of(new Parameters(texts(map)))
                : Optional.empty();
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static RunRequest read(Parameters values) {
        RunRequestBuilder request =
                RunRequest.of(text(values, "event"))
                        .ref(text(values, "ref"))
                        .commit(text(values, "commit"))
                        .previousCommit(text(values, "previousCommit"))
                        .message(text(values, "message"))
                        .author(text(values, "author"), text(values, "authorEmail"))
                        .sender(text(values, "sender"))
                        .link(text(values, "link"))
                        .trust(RunRequest.Trust.valueOf(text(values, "trust")))
                        .oncePerCommit(flag(values, "oncePerCommit"));
        if (values.has("changedFiles")) {
            var _ = request.changedFiles(values.texts("changedFiles"));
        }
        map(values, "inputs").ifPresent(inputs -> request.inputs(inputs(inputs)));
        map(values, "pullRequest").ifPresent(pull -> request.pullRequest(pullRequest(pull)));
        return request.build();
    }

    private static Map<String, String> inputs(Parameters values) {
        Map<String, String> inputs = new LinkedHashMap<>();
        values.values().forEach((name, value) -> inputs.put(name, String.valueOf(value)));
        return inputs;
    }

    private static PullRequest pullRequest(Parameters values) {
        return new PullRequest(
                Long.parseLong(text(values, "number")),
                text(values, "title"),
                text(values, "sourceBranch"),
                text(values, "targetBranch"),
                text(values, "sourceRepository"),
                List.copyOf(values.texts("labels")),
                flag(values, "draft"),
                flag(values, "fork"));
    }

    private static String text(Parameters values, String key) {
        return values.text(key).orElse("");
    }

    private static boolean flag(Parameters values, String key) {
        return values.text(key).filter("true"::equals).isPresent();
    }
}
