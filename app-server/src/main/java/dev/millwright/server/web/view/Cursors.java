package dev.millwright.server.web.view;

import dev.millwright.api.Page;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Cursors that callers cannot read, and pages that link to the next one.
public final class Cursors {
    private Cursors() {}

    public static String encode(String place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /// The place that a caller's `cursor` stands for.
    public static Optional<String> place(Call call) {
        return call.query("cursor").map(Cursors::decode);
    }

    public static ProblemException unknown() {
        return ProblemException.parameter(
                "cursor", "is not a cursor of this list; begin without one");
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw unknown();
        }
    }

    public static <T> Answer page(Call call, List<T> items, @Nullable String next) {
        Answer answer = Answer.ok(new Page<>(items, next));
        return next == null
                ? answer
                : answer.with("Link", "<%s>; rel=\"next\"".formatted(nextAddress(call, next)));
    }

    private static String nextAddress(Call call, String next) {
        Stream<String> kept =
                call.allQuery().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals("cursor"))
                        .filter(parameter -> !parameter.getKey().equals("after"))
                        .flatMap(Cursors::pairs);
        return call.location()
                + "?"
                + Stream.concat(kept, Stream.of("cursor=" + encoded(next)))
                        .collect(Collectors.joining("&"));
    }

    private static Stream<String> pairs(Map.Entry<String, List<String>> parameter) {
        return parameter.getValue().stream()
                .map(value -> encoded(parameter.getKey()) + "=" + encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
