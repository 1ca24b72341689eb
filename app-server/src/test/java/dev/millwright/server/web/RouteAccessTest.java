package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.access.Access;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may call which route.
class RouteAccessTest extends RoutesFixture {
    @TestFactory
    Stream<DynamicTest> everyRouteAsksForItsAccess() {
        return routes(route -> {
            for (String shown : List.of("", "mw_aaaaaaaa_" + "b".repeat(43))) {
                int status = call(route, shown, "application/json").statusCode();
                switch (route.access()) {
                    case OPEN -> assertThat(status).isNotIn(401, 403);
                    case HOOK -> assertThat(route.pattern()).matches("/(webhook|hooks/|otlp/).*");
                    case VIEW, OPERATE, ADMIN -> assertThat(status).isEqualTo(401);
                }
            }
        });
    }

    @Test
    void onlyHealthBadgesHooksStepsAndTheFrontPageAreOpen() {
        Set<String> open = new TreeSet<>();
        server.web.routes().routes().stream()
                .filter(r -> r.access() == Access.OPEN || r.access() == Access.HOOK)
                .forEach(r -> open.add(r.pattern()));
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/",
                        "/healthz",
                        "/readyz",
                        "/version",
                        "/webhook",
                        "/hooks/generic/{hook}",
                        "/hooks/{type}/{hook}",
                        "/otlp/v1/traces",
                        "/otlp/v1/logs",
                        "/otlp/v1/metrics",
                        "/otlp/{token}/v1/traces",
                        "/otlp/{token}/v1/logs",
                        "/otlp/{token}/v1/metrics",
                        "/api/v1/badges/{ns}/{name}/status.svg");
    }

    @TestFactory
    Stream<DynamicTest> everyMutatingRouteRefusesPagesOfOtherSites() {
        return routes(route -> {
            if (!route.isMutating() && !route.socket()) {
                return;
            }
            HttpRequest.Builder request =
                    request(route, server.key)
                            .header("Origin", "https://evil.example")
                            .header("Cookie", "a=b");
            assertThat(server.http.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(403);
        });
    }
}
