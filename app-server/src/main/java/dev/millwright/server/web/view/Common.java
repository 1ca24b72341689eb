package dev.millwright.server.web.view;

import dev.millwright.api.Page;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Parameters and types that several routes share.
public final class Common {
    public static final int MAX_LIMIT = 500;
    public static final Parameter NAMESPACE = Parameter.path("ns", "The namespace", "default");
    public static final Parameter NAME = Parameter.path("name", "The name", "web");
    public static final Parameter STEP =
            Parameter.path("path", "The step; its slashes stand in the address as they are", "0");
    public static final Parameter LIMIT =
            Parameter.number("limit", "How many at most", 50, 1, MAX_LIMIT);
    public static final Parameter CURSOR =
            Parameter.query("cursor", "Where the page before ended: its `nextCursor`", "MDE5OQ");
    public static final Parameter REPEAT_KEY =
            Parameter.header(
                    "Idempotency-Key",
                    "The same key with the same request again has no second effect",
                    "4b1c2f0e");
    public static final Parameter KNOWN_TAG =
            Parameter.header(
                    "If-None-Match", "The `ETag` that is known; 304 if it is still so", "W/\"7\"");
    public static final Parameter IF_MATCH =
            Parameter.header(
                    "If-Match", "The `ETag` that must still be so, or `*` for any", "\"7\"");
    public static final Parameter LAST_EVENT_ID =
            Parameter.header("Last-Event-ID", "Go on after this id", "42");

    private Common() {}

    public static StepPath step(Call call) {
        return step("path", call.path("path"));
    }

    /// Read a step path from a parameter; throws a problem that names the parameter.
    public static StepPath step(String parameter, String text) {
        try {
            return StepPath.parse(text);
        } catch (MillwrightException malformed) {
            throw ProblemException.parameter(
                    parameter, "'%s' is not a step path; paths look like 0/2/1".formatted(text));
        }
    }

    /// The id after which a stream goes on: `Last-Event-ID`, else the parameter, else the fallback.
    public static long after(Call call, String parameter, long fallback) {
        return call.header("last-event-id")
                .filter(id -> id.matches("[0-9]{1,18}"))
                .or(() -> call.query(parameter))
                .map(Long::parseLong)
                .orElse(fallback);
    }

    /// The type `Page<T>`.
    public static Type page(Class<?> item) {
        return new ParameterizedType() {
            @Override
            public Type[] getActualTypeArguments() {
                return new Type[] {item};
            }

            @Override
            public Type getRawType() {
                return Page.class;
            }

            @Override
            public @Nullable Type getOwnerType() {
                return null;
            }
        };
    }
}
