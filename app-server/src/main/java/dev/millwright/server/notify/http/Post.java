package dev.millwright.server.notify.http;

import dev.millwright.model.Unreachable;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.WallException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// One message on its way over HTTP. Of the answer the status alone is told, so that nobody reads
/// through the server what only the server can reach. Redirects are not followed.
@SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten; never compared
record Post(NetworkWall wall, Receiver receiver, byte[] body, Map<String, String> headers) {
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    Sent send() throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(receiver.url())
                        .timeout(receiver.timeout())
                        .POST(BodyPublishers.ofByteArray(body))
                        .setHeader("User-Agent", "Millwright");
        headers.forEach((name, value) -> set(request, name, value));
        try {
            var _ = wall.check(receiver.url().getHost());
        } catch (WallException refused) {
            return new Sent.Later(
                    "%s may not be told: %s".formatted(receiver.name(), refused.getMessage()),
                    Duration.ZERO);
        } catch (IOException unknown) {
            return unreachable(unknown);
        }
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(receiver.timeout())
                        .build();
        try {
            HttpResponse<InputStream> answer =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            // Nobody waits for the rest of what it says
            answer.body().close();
            return meaning(answer);
        } catch (IOException unreachable) {
            return unreachable(unreachable);
        } finally {
            http.shutdownNow();
            http.close();
        }
    }

    private Sent unreachable(IOException why) {
        return new Sent.Later(
                "%s cannot be reached: %s".formatted(receiver.name(), Unreachable.why(why)),
                Duration.ZERO);
    }

    private static void set(HttpRequest.Builder request, String name, String value) {
        try {
            var _ = request.setHeader(name, value);
        } catch (IllegalArgumentException refused) {
            // The cause would tell the value
            throw new IllegalArgumentException("the header '%s' cannot be sent".formatted(name));
        }
    }

    private Sent meaning(HttpResponse<?> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return Sent.DONE;
        }
        String reason = "%s answered %d".formatted(receiver.name(), status);
        return switch (status) {
            // It does not want this, or anything any more, and will not the next time
            case 400, 410, 413, 415, 422 -> new Sent.Never(reason);
            case 301, 302, 303, 307, 308 ->
                    new Sent.Later(
                            reason + "; redirects are not followed, correct the address",
                            Duration.ZERO);
            // A receiver that has to be mended, or a setting
            default -> new Sent.Later(reason, pause(answer));
        };
    }

    private static Duration pause(HttpResponse<?> answer) {
        Duration asked =
                answer.headers().firstValue("Retry-After").map(Post::pause).orElse(Duration.ZERO);
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    /// Seconds, or a date.
    private static Duration pause(String retryAfter) {
        if (retryAfter.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(retryAfter));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException nonsense) {
            return Duration.ZERO;
        }
    }
}
