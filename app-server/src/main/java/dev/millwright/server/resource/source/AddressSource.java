package dev.millwright.server.resource.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One document at an HTTP address, asked for again only when it has another ETag. Used by one
/// thread.
final class AddressSource implements Source {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final URI address;
    private final long maxSize;
    private final HttpClient client;
    private @Nullable String tag;
    private @Nullable String text;

    AddressSource(URI address, long maxSize) {
        this.address = address;
        this.maxSize = maxSize;
        this.client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(LONGEST)
                        .build();
    }

    @Override
    public String origin() {
        return "url:" + address;
    }

    @Override
    public Optional<Map<String, String>> read() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LONGEST);
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        HttpResponse<InputStream> response =
                client.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() == 304 && text != null) {
                return Optional.of(Map.of(address.toString(), text));
            }
            if (response.statusCode() != 200) {
                throw new IOException(
                        "%s answers with status %d".formatted(address, response.statusCode()));
            }
            byte[] bytes = body.readNBytes(Math.toIntExact(Math.min(maxSize + 1, 1 << 30)));
            if (bytes.length > maxSize) {
                throw new IOException(
                        "%s gives more than %,d bytes; see resources.max-size"
                                .formatted(address, maxSize));
            }
            String given = new String(bytes, StandardCharsets.UTF_8);
            text = given;
            tag = response.headers().firstValue("ETag").orElse(null);
            return Optional.of(Map.of(address.toString(), given));
        }
    }
}
