package dev.millwright.forgekit.status;

import dev.millwright.plugin.Sent;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Tells from a forge's answer whether a status arrived, and when to try again. Pure.
final class StatusAnswer {
    private static final int MOST_QUOTED = 300;

    private StatusAnswer() {}

    static Sent of(String forge, HttpResponse<byte[]> answer, InstantSource clock) {
        int status = answer.statusCode();
        String told = "%s answered %d: %s".formatted(forge, status, quoted(answer.body()));
        return switch (status) {
            case 200, 201, 204 -> Sent.DONE;
            // A token can be mended, and a limit passes
            case 401, 403, 408, 429 -> new Sent.Later(told, pause(answer, clock));
            case 301, 302, 307, 308 ->
                    new Sent.Never(told + "; the repository has moved: correct its address");
            default ->
                    status >= 500
                            ? new Sent.Later(told, pause(answer, clock))
                            : new Sent.Never(told);
        };
    }

    private static Duration pause(HttpResponse<byte[]> answer, InstantSource clock) {
        Optional<Long> seconds = number(answer, "retry-after");
        if (seconds.isPresent()) {
            return Duration.ofSeconds(seconds.get());
        }
        boolean exhausted =
                number(answer, "x-ratelimit-remaining")
                        .or(() -> number(answer, "ratelimit-remaining"))
                        .filter(left -> left == 0)
                        .isPresent();
        return number(answer, "x-ratelimit-reset")
                .or(() -> number(answer, "ratelimit-reset"))
                .filter(_ -> exhausted)
                .map(reset -> Duration.between(clock.instant(), Instant.ofEpochSecond(reset)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static Optional<Long> number(HttpResponse<byte[]> answer, String header) {
        return answer.headers()
                .firstValue(header)
                .filter(text -> text.matches("\\d{1,10}"))
                .map(Long::valueOf);
    }

    private static String quoted(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
    }
}
