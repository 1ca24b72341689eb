package dev.millwright.forges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a person or a script asks for that has the secret of a hook.
final class ByHandTest {
    private static Interpretation meaning(Sender sender, String body, Map<String, Object> hook) {
        return Deliveries.meaning(sender, "manual", body, hook);
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsAskedForWithItsInputs(Sender sender) {
        String body =
                """
                {"ref": "main", "sender": "ada", "inputs": {"to": "prod", "count": 3, "none": null}}
                """;
        assertThat(meaning(sender, body, Map.of()))
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of("manual")
                                        .ref("refs/heads/main")
                                        .sender("ada")
                                        .inputs(Map.of("to", "prod", "count", "3"))
                                        .build()));
    }

    @ParameterizedTest
    @CsvSource({
        "refs/tags/v1, manual, tag, v*, ''",
        "refs/tags/x, manual, tag, v*, 'it is dispatched for ''x'', not v*'",
        "topic, manual, branch, main, 'it is dispatched for ''topic'', not main'",
        "topic, push, branch, '**', 'this hook does not listen to ''manual'' but to push'"
    })
    void theFiltersOfTheHookCount(
            String ref, String event, String filter, String glob, String reason) {
        Interpretation meaning =
                meaning(
                        Sender.GITLAB,
                        "{\"ref\": \"%s\"}".formatted(ref),
                        Map.of("event", event, filter, glob));
        assertThat(meaning)
                .isEqualTo(
                        reason.isEmpty()
                                ? Interpretation.run(RunRequest.of("manual").ref(ref).build())
                                : new Interpretation.Ignored(reason));
    }
}
