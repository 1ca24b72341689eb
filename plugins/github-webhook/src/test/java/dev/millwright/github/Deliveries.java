package dev.millwright.github;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.forgekit.hook.HookEvent;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Hooks and stored deliveries for tests. A payload is written with `'` for `"`.
final class Deliveries {
    static final String WEB = "https://github.com/octo/web.git";
    private static final List<String> EVERYTHING =
            Arrays.stream(HookEvent.values())
                    .map(event -> event.name().toLowerCase(Locale.ROOT))
                    .toList();

    private Deliveries() {}

    /// A hook as users write it; it listens to everything unless told.
    static GithubHook hook(Map<String, Object> written) {
        Map<String, Object> all = new HashMap<>(Map.of("event", EVERYTHING));
        all.put("secret", "${env:SECRET}");
        all.putAll(written);
        return RecordBinder.bind(GithubHook.class, new Parameters(all), _ -> Optional.of("hush"));
    }

    static StoredDelivery delivery(String event, String payload, String repository) {
        return new StoredDelivery(
                "id-1",
                event,
                Map.of("content-type", "application/json"),
                Map.of(),
                Payload.of(payload.replace('\'', '"')),
                Instant.parse("2027-01-31T06:00:00Z"),
                new TriggeredPipeline("default", "web", repository, "", ""));
    }

    static Interpretation meaning(String event, String payload, Map<String, Object> hook) {
        return new GithubTrigger().interpret(delivery(event, payload, WEB), hook(hook));
    }

    /// A payload about the pipeline's own repository.
    static String payload(String members) {
        return """
        {'repository': {'id': 1, 'full_name': 'octo/web', 'clone_url': '%s'},
         'sender': {'login': 'mona'}, %s}
        """
                .formatted(WEB, members);
    }

    static String commit(String id, String message, String files) {
        return """
        {'id': '%s', 'message': '%s', 'url': 'https://github.com/octo/web/commit/1',
         'author': {'name': 'Mona', 'email': 'mona@example.org'}, %s}
        """
                .formatted(id, message, files);
    }
}
