package dev.millwright.api.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which facts of the journal to give, oldest first. Start with [#ALL] and narrow it.
///
/// @param type such as `run.finished`, or `run.*` for all of a family
/// @param after only facts with a greater `seq`
/// @param latest whether the newest ones are wanted; then `after` is of no account
public record EventQuery(
        @Nullable String namespace, @Nullable String type, long after, boolean latest, int limit) {
    public static final EventQuery ALL = new EventQuery(null, null, 0, false, 100);

    public EventQuery inNamespace(String wanted) {
        return new EventQuery(wanted, type, after, latest, limit);
    }

    public EventQuery ofType(String wanted) {
        return new EventQuery(namespace, wanted, after, latest, limit);
    }

    public EventQuery after(long seq) {
        return new EventQuery(namespace, type, seq, false, limit);
    }

    public EventQuery newest() {
        return new EventQuery(namespace, type, 0, true, limit);
    }

    public EventQuery limit(int wanted) {
        return new EventQuery(namespace, type, after, latest, wanted);
    }

    /// The parameters as they travel, without `after` and `limit`, which streams do not take.
    public Map<String, Object> filters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (namespace != null) {
            parameters.put("namespace", namespace);
        }
        if (type != null) {
            parameters.put("type", type);
        }
        return parameters;
    }

    /// All parameters as they travel.
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = filters();
        if (latest) {
            parameters.put("latest", true);
        } else {
            parameters.put("after", after);
        }
        parameters.put("limit", limit);
        return parameters;
    }
}
