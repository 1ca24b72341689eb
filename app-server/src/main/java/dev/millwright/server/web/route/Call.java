package dev.millwright.server.web.route;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.server.access.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request on its way to a handler, with everything checked that the route table knows. Used by
/// one thread.
public final class Call {
    private final Exchange exchange;
    private final Route route;
    private final Map<String, String> variables;
    private final @Nullable Identity caller;
    private final Bodies bodies;
    private byte @Nullable [] body;

    Call(
            Exchange exchange,
            Route route,
            Map<String, String> variables,
            @Nullable Identity caller,
            Bodies bodies) {
        this.exchange = exchange;
        this.route = route;
        this.variables = variables;
        this.caller = caller;
        this.bodies = bodies;
    }

    public Route route() {
        return route;
    }

    /// Who calls; empty on open routes without a key.
    public Optional<Identity> caller() {
        return Optional.ofNullable(caller);
    }

    /// Who calls, as it is noted with what they do.
    public String by() {
        return caller == null ? "anonymous" : caller.name();
    }

    /// A variable of the path.
    public String path(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException(route.pattern() + " has no {" + name + "}");
        }
        return value;
    }

    public RunId run() {
        return RunId.parse(path("id"));
    }

    public DeliveryId delivery() {
        return DeliveryId.parse(path("id"));
    }

    /// A query parameter, or its fallback; empty when there is neither.
    public Optional<String> query(String name) {
        List<String> values = exchange.query().getOrDefault(name, List.of());
        if (!values.isEmpty()) {
            return Optional.of(values.getFirst());
        }
        return route.parameters().stream()
                .filter(p -> p.name().equals(name) && !p.fallback().isEmpty())
                .map(Parameter::fallback)
                .findFirst();
    }

    /// A number that the route table knows with a fallback.
    public long number(String name) {
        return Long.parseLong(query(name).orElseThrow());
    }

    public boolean flag(String name) {
        return query(name).map(Boolean::parseBoolean).orElse(false);
    }

    /// Whether the caller gave the parameter.
    public boolean gave(String name) {
        return exchange.query().containsKey(name);
    }

    public Map<String, List<String>> allQuery() {
        return exchange.query();
    }

    public Map<String, List<String>> allHeaders() {
        return exchange.headers();
    }

    /// The value of a header; empty when it is missing. A header that is sent twice counts once.
    public Optional<String> header(String lowerName) {
        return exchange.headers().getOrDefault(lowerName, List.of()).stream().findFirst();
    }

    /// Which of the route's media types the caller likes best.
    public String accepted() {
        return Negotiation.choose(route, header("accept"));
    }

    /// The bytes of the body.
    public byte[] body() {
        return body(exchange.bodyLimit());
    }

    /// The bytes of the body, where another limit holds than elsewhere.
    ///
    /// @param limit in bytes
    public byte[] body(int limit) {
        if (body == null) {
            body = exchange.body(limit);
        }
        return body;
    }

    /// The body as a record. An empty body stands for `{}`.
    public <T> T body(Class<T> type) {
        return bodies.read(body(), type);
    }

    /// The path as it came.
    public String location() {
        return exchange.rawPath();
    }
}
