package dev.millwright.api.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which runs to list, newest first. Start with [#ALL] and narrow it.
///
/// ```java
/// RunQuery query = RunQuery.ALL.inNamespace("default").ofPipeline("web").limit(10);
/// ```
///
/// @param status one word, such as `failure` or `running`
/// @param cursor where to go on, from the page before
public record RunQuery(
        @Nullable String namespace,
        @Nullable String pipeline,
        @Nullable String status,
        @Nullable String branch,
        @Nullable Long number,
        int limit,
        @Nullable String cursor) {
    public static final RunQuery ALL = new RunQuery(null, null, null, null, null, 50, null);

    public RunQuery inNamespace(String wanted) {
        return new RunQuery(wanted, pipeline, status, branch, number, limit, cursor);
    }

    public RunQuery ofPipeline(String wanted) {
        return new RunQuery(namespace, wanted, status, branch, number, limit, cursor);
    }

    public RunQuery withStatus(String wanted) {
        return new RunQuery(namespace, pipeline, wanted, branch, number, limit, cursor);
    }

    public RunQuery onBranch(String wanted) {
        return new RunQuery(namespace, pipeline, status, wanted, number, limit, cursor);
    }

    public RunQuery numbered(long wanted) {
        return new RunQuery(namespace, pipeline, status, branch, wanted, limit, cursor);
    }

    public RunQuery limit(int wanted) {
        return new RunQuery(namespace, pipeline, status, branch, number, wanted, cursor);
    }

    public RunQuery after(String next) {
        return new RunQuery(namespace, pipeline, status, branch, number, limit, next);
    }

    /// The parameters as they travel.
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (namespace != null) {
            parameters.put("namespace", namespace);
        }
        if (pipeline != null) {
            parameters.put("pipeline", pipeline);
        }
        if (status != null) {
            parameters.put("status", status);
        }
        if (branch != null) {
            parameters.put("branch", branch);
        }
        if (number != null) {
            parameters.put("number", number);
        }
        parameters.put("limit", limit);
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        return parameters;
    }
}
