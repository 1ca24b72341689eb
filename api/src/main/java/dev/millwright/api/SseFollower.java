package dev.millwright.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads server-sent events on a thread of its own and starts again, after the last id it saw,
/// whenever the connection breaks or falls silent. Any thread may close it; one thread polls.
final class SseFollower<T> implements LiveStream<T> {
    private static final int BUFFERED = 1024;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    // The server sends a heartbeat every 10 seconds.
    private static final long OVERDUE_NANOS = Duration.ofSeconds(12).toNanos();
    private static final long SILENCE_NANOS = Duration.ofSeconds(35).toNanos();

    private sealed interface Item<T> {
        record Value<T>(T value) implements Item<T> {}

        record End<T>() implements Item<T> {}

        record Refused<T>(ApiException why) implements Item<T> {}
    }

    private final Transport transport;
    private final String path;
    private final Map<String, ?> query;
    private final Function<String, T> decode;
    private final BlockingQueue<Item<T>> items = new ArrayBlockingQueue<>(BUFFERED);
    private final Future<?> reading;
    private volatile @Nullable InputStream connection;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean closed;
    private long lastId;
    private boolean ended;

    SseFollower(
            Transport transport, String path, Map<String, ?> query, long lastId, Class<T> type) {
        this.transport = transport;
        this.path = path;
        this.query = query;
        this.lastId = lastId;
        this.decode = transport.reader(type);
        this.reading = transport.threads().submit(this::readForEver);
    }

    @Override
    public Optional<T> poll(Duration wait) {
        if (ended) {
            return Optional.empty();
        }
        dropSilentConnection();
        try {
            return switch (items.poll(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                case null -> Optional.empty();
                case Item.Value<T>(T value) -> Optional.of(value);
                case Item.End<T>() -> {
                    ended = true;
                    yield Optional.empty();
                }
                case Item.Refused<T>(ApiException why) -> {
                    ended = true;
                    throw why;
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public boolean isConnected() {
        // Whoever still has something to read cannot tell yet.
        return connection != null
                && (System.nanoTime() - heardAt < OVERDUE_NANOS || !items.isEmpty());
    }

    @Override
    public void close() {
        closed = true;
        reading.cancel(true);
        disconnect();
    }

    private void dropSilentConnection() {
        if (connection != null && System.nanoTime() - heardAt > SILENCE_NANOS) {
            disconnect();
        }
    }

    private void disconnect() {
        InputStream open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                // It is gone either way.
            }
        }
    }

    private void readForEver() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!closed) {
                long before = lastId;
                if (readOnce()) {
                    return;
                }
                pause =
                        lastId == before
                                ? Math.min(pause * 2, LONGEST_PAUSE_MILLIS)
                                : FIRST_PAUSE_MILLIS;
                Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Read until the connection breaks; true when there is nothing more to come.
    private boolean readOnce() throws InterruptedException {
        try {
            HttpResponse<InputStream> response = transport.open(path, query, lastId);
            heardAt = System.nanoTime();
            try (InputStream in = response.body()) {
                connection = in;
                return response.statusCode() == 204 ? end() : readEvents(in);
            } finally {
                connection = null;
            }
        } catch (IOException _) {
            return false;
        } catch (ApiException e) {
            if (e.status() == 503 || e.status() == 429 || e.status() == 502 || e.status() == 504) {
                return false;
            }
            items.put(new Item.Refused<>(e));
            return true;
        } catch (JacksonException e) {
            items.put(
                    new Item.Refused<>(
                            new ApiException("an event of " + path + " cannot be read", e)));
            return true;
        }
    }

    private boolean readEvents(InputStream in) throws IOException, InterruptedException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String event = "";
        long id = lastId;
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heardAt = System.nanoTime();
            if (line.isEmpty()) {
                if (event.equals("end")) {
                    return end();
                }
                if (!data.isEmpty()) {
                    items.put(new Item.Value<>(decode.apply(data.toString())));
                    lastId = id;
                }
                event = "";
                data.setLength(0);
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(value(line, 5));
            } else if (line.startsWith("id:")) {
                id = Long.parseLong(value(line, 3));
            } else if (line.startsWith("event:")) {
                event = value(line, 6);
            }
        }
        return false;
    }

    private boolean end() throws InterruptedException {
        items.put(new Item.End<>());
        return true;
    }

    private static String value(String line, int start) {
        return line.substring(line.startsWith(" ", start) ? start + 1 : start);
    }
}
