package dev.millwright.forges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.forgekit.hook.HookEvent;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hooks, stored deliveries and the example payloads of the forges.
final class Deliveries {
    private static final List<String> EVERYTHING =
            Arrays.stream(HookEvent.values()).map(HookEvent::word).toList();

    private Deliveries() {}

    /// A payload as the forge documents it.
    ///
    /// @param name such as `gitlab/push`
    static String payload(String name) {
        String file = "/payloads/%s.json".formatted(name);
        try (InputStream in = Deliveries.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// A payload with one text replaced, which has to be in it.
    static String payload(String name, String old, String by) {
        String payload = payload(name);
        assertThat(payload).contains(old);
        return payload.replace(old, by);
    }

    /// A hook as users write it; it listens to everything unless told.
    static ForgeHook hook(Map<String, Object> written) {
        Map<String, Object> all = new HashMap<>(Map.of("event", EVERYTHING));
        all.put("secret", "${env:SECRET}");
        all.putAll(written);
        return RecordBinder.bind(ForgeHook.class, new Parameters(all), _ -> Optional.of("hush"));
    }

    /// A delivery for a pipeline of that repository.
    static StoredDelivery delivery(String event, String body, String repository) {
        return new StoredDelivery(
                "id-1",
                event,
                Map.of("content-type", "application/json"),
                Map.of(),
                Payload.of(body),
                Instant.parse("2027-01-31T06:00:00Z"),
                new TriggeredPipeline("default", "web", repository, "", ""));
    }

    /// What it means for a pipeline of the example's repository.
    static Interpretation meaning(
            Sender sender, String event, String body, Map<String, Object> hook) {
        return sender.trigger().interpret(delivery(event, body, sender.repository), hook(hook));
    }

    static RunRequest run(Interpretation meaning) {
        assertThat(meaning).isInstanceOf(Interpretation.Runs.class);
        return ((Interpretation.Runs) meaning).requests().getFirst();
    }

    static Interpretation ignored(String reason) {
        return new Interpretation.Ignored(reason);
    }
}
