package dev.millwright.server.web;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.millwright.server.web.route.Route;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Checks of every route of a running server.
abstract class RoutesFixture extends SharedServer {
    private RouteSamples samples;

    @Override
    void prepare() {
        samples = new RouteSamples(server);
    }

    interface Check {
        void of(Route route) throws Exception;
    }

    static String name(Route route) {
        return route.method() + " " + route.pattern();
    }

    Stream<DynamicTest> routes(Check check) {
        return server.web.routes().routes().stream()
                .map(route -> dynamicTest(name(route), () -> check.of(route)));
    }

    /// A call of a route that would succeed with the right key.
    ///
    /// @param key empty for none
    HttpRequest.Builder request(Route route, String key) {
        RouteSamples.Sample sample = samples.sample(route);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address(sample.path()))
                        .timeout(Duration.ofSeconds(20));
        sample.headers().forEach(request::header);
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        if (!sample.body().isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return request.method(
                route.method(),
                sample.body().isEmpty()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(sample.body()));
    }

    HttpResponse<InputStream> call(Route route, String key, String accept) throws Exception {
        HttpRequest.Builder request = request(route, key);
        if (accept.equals("*/*")
                || route.replies().stream().anyMatch(r -> r.mediaType().equals(accept))) {
            request.header("Accept", accept);
        }
        return server.http.send(request.build(), BodyHandlers.ofInputStream());
    }
}
