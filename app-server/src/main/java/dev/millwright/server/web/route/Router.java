package dev.millwright.server.web.route;

import dev.millwright.api.Problem;
import dev.millwright.model.Sha256;
import dev.millwright.server.access.Access;
import dev.millwright.server.access.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lead a request through all checks to its handler, and turn whatever is thrown into a problem.
/// Called from any thread.
///
/// The order of checks: host, route, origin, place of the key, key and role, media types,
/// parameters; then the handler, once per `Idempotency-Key`.
public final class Router {
    private static final Logger log = LoggerFactory.getLogger(Router.class);
    private static final int LONGEST_REPEAT_KEY = 200;

    private final RouteTable table;
    private final Guards guards;
    private final Function<String, Optional<Identity>> keys;
    private final Repeats repeats;
    private final ProblemCases cases;
    private final Bodies bodies;

    /// Route by this table.
    ///
    /// @param keys tells who shows a key; empty when nobody should
    public Router(
            RouteTable table,
            Guards guards,
            Function<String, Optional<Identity>> keys,
            Repeats repeats,
            ProblemCases cases,
            Bodies bodies) {
        this.table = table;
        this.guards = guards;
        this.keys = keys;
        this.repeats = repeats;
        this.cases = cases;
        this.bodies = bodies;
    }

    public RouteTable table() {
        return table;
    }

    public Bodies bodies() {
        return bodies;
    }

    /// Answer a request; never throws.
    public Answer answer(Exchange exchange) {
        try {
            return conditional(exchange, lead(exchange));
        } catch (RuntimeException e) {
            return problem(exchange, e);
        }
    }

    /// The problem document for an exception.
    public Answer problem(Exchange exchange, RuntimeException e) {
        String trace = traceId(exchange);
        if (e instanceof ProblemException known) {
            return problem(exchange, known, trace);
        }
        return cases.of(e)
                .map(known -> problem(exchange, known, trace))
                .orElseGet(() -> {
                    log.error(
                            "{} {} failed, trace {}",
                            exchange.method(),
                            exchange.rawPath(),
                            trace,
                            e);
                    return problem(
                            exchange,
                            ProblemException.of(
                                    ProblemType.INTERNAL,
                                    "the server's log tells more under trace " + trace),
                            trace);
                });
    }

    private Answer problem(Exchange exchange, ProblemException e, String trace) {
        Problem problem = e.toProblem(exchange.rawPath(), trace);
        Answer answer =
                new Answer.Text(
                        problem.status(),
                        Map.of(),
                        "application/problem+json",
                        bodies.text(problem));
        for (Map.Entry<String, String> header : e.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private Answer lead(Exchange exchange) {
        guards.checkHost(exchange);
        return switch (table.find(exchange.method(), exchange.rawPath())) {
            case RouteTable.Found.One(Route route, Map<String, String> variables) ->
                    call(exchange, route, variables);
            case RouteTable.Found.OtherMethods(var allowed) -> {
                String list = String.join(", ", allowed);
                if (exchange.method().equals("OPTIONS")) {
                    yield Answer.empty(204).with("Allow", list);
                }
                throw ProblemException.of(
                                ProblemType.METHOD_NOT_ALLOWED,
                                "%s is not possible here; possible are %s"
                                        .formatted(exchange.method(), list))
                        .withHeader("Allow", list);
            }
            case RouteTable.Found.None() ->
                    throw ProblemException.of(
                            ProblemType.NOT_FOUND,
                            "there is nothing at %s; /api/v1/openapi.json lists all addresses"
                                    .formatted(exchange.rawPath()));
        };
    }

    private Answer call(Exchange exchange, Route route, Map<String, String> variables) {
        guards.checkOrigin(exchange, route);
        guards.checkKeyPlaces(exchange, route);
        Identity caller = admit(exchange, route);
        Negotiation.choose(route, first(exchange, "accept"));
        Negotiation.checkBody(
                route, first(exchange, "content-type"), first(exchange, "content-encoding"));
        Parameters.check(route, variables, exchange.query());
        Call call = new Call(exchange, route, variables, caller, bodies);
        Optional<String> repeatKey = first(exchange, "idempotency-key");
        if (!route.isRepeatable() || repeatKey.isEmpty()) {
            return route.handler().handle(call);
        }
        String key = repeatKey.get();
        if (key.isBlank() || key.length() > LONGEST_REPEAT_KEY) {
            throw ProblemException.parameter(
                    "Idempotency-Key",
                    "must have 1 to %d characters".formatted(LONGEST_REPEAT_KEY));
        }
        return repeats.once(
                "%s:%s %s"
                        .formatted(
                                caller == null ? "" : caller.keyId(),
                                route.method(),
                                hash(route.pattern().getBytes(StandardCharsets.UTF_8))),
                key,
                hash(
                        exchange.rawPath().getBytes(StandardCharsets.UTF_8),
                        exchange.query().toString().getBytes(StandardCharsets.UTF_8),
                        call.body()),
                () -> route.handler().handle(call));
    }

    /// The caller of a route; null on open routes without a key.
    private @Nullable Identity admit(Exchange exchange, Route route) {
        Optional<String> shown = shownKey(exchange);
        if (route.access() == Access.OPEN) {
            return null;
        }
        Optional<Identity> caller = shown.flatMap(keys);
        if (route.access() == Access.HOOK) {
            return caller.orElse(null);
        }
        Identity identity =
                caller.orElseThrow(() ->
                        ProblemException.of(
                                        ProblemType.UNAUTHORIZED,
                                        shown.isPresent()
                                                ? "this key is not valid"
                                                : "send 'Authorization: Bearer KEY' or 'X-API-Key: KEY'")
                                .withHeader("WWW-Authenticate", "Bearer"));
        if (!identity.role().allows(route.access())) {
            throw ProblemException.of(
                    ProblemType.FORBIDDEN,
                    "key '%s' has the role %s, which is not enough"
                            .formatted(identity.name(), identity.role().word()));
        }
        return identity;
    }

    private static Optional<String> shownKey(Exchange exchange) {
        return first(exchange, "authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .or(() -> first(exchange, "x-api-key"));
    }

    /// Answer 304 to who has the newest state already.
    private static Answer conditional(Exchange exchange, Answer answer) {
        String tag = answer.headers().get("ETag");
        boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        if (tag == null || !reads || answer.status() != 200) {
            return answer;
        }
        List<String> known = exchange.headers().getOrDefault("if-none-match", List.of());
        boolean same =
                known.stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(String::strip)
                        .anyMatch(value -> value.equals("*") || weak(value).equals(weak(tag)));
        return same ? new Answer.Empty(304, answer.headers()) : answer;
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static Optional<String> first(Exchange exchange, String lowerName) {
        return exchange.headers().getOrDefault(lowerName, List.of()).stream().findFirst();
    }

    /// The trace that the caller is in, else a fresh one.
    private static String traceId(Exchange exchange) {
        return first(exchange, "traceparent")
                .map(value -> value.toLowerCase(Locale.ROOT))
                .filter(value -> value.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"))
                .map(value -> value.substring(3, 35))
                .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    }

    private static String hash(byte[]... parts) {
        MessageDigest digest = Sha256.digest();
        for (byte[] part : parts) {
            digest.update(part);
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
