package dev.millwright.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.OrSecret;
import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RecordBinderTest {
    private static final SecretSource SECRETS =
            reference -> reference.equals("${env:KEY}") ? Optional.of("hush") : Optional.empty();

    enum Level {
        LOW,
        VERY_HIGH
    }

    record Limit(@Default("2") int tries, @Default("10s") Duration pause) {
        Limit {
            if (tries < 1) {
                throw new IllegalArgumentException("'tries' is at least 1");
            }
        }
    }

    @Describe("Where things go.")
    record Target(
            @Describe("Its address.") URI url,
            Optional<Secret> key,
            @Default("low") Level level,
            @Default("true") boolean verify,
            @Default("push, tag") Set<String> events,
            List<String> names,
            Map<String, Integer> weights,
            Limit limit,
            Parameters rest) {}

    private static Target bind(Map<String, Object> written) {
        return RecordBinder.bind(Target.class, new Parameters(written), SECRETS);
    }

    @Test
    void whatIsNotWrittenHasItsDefault() {
        Target target = bind(Map.of("url", "https://example.org"));
        assertThat(target)
                .isEqualTo(
                        new Target(
                                URI.create("https://example.org"),
                                Optional.empty(),
                                Level.LOW,
                                true,
                                Set.of("push", "tag"),
                                List.of(),
                                Map.of(),
                                new Limit(2, Duration.ofSeconds(10)),
                                Parameters.NONE));
    }

    @Test
    void whatIsWrittenBecomesTheTypeOfItsComponent() {
        Target target =
                bind(
                        Map.of(
                                "url",
                                "https://example.org",
                                "key",
                                "${env:KEY}",
                                "level",
                                "very-high",
                                "verify",
                                false,
                                "names",
                                "one",
                                "weights",
                                Map.of("a", 3),
                                "limit",
                                Map.of("pause", "5m"),
                                "rest",
                                Map.of("any", List.of(1))));
        assertThat(target.key().orElseThrow().reveal()).isEqualTo("hush");
        assertThat(target.level()).isEqualTo(Level.VERY_HIGH);
        assertThat(target.verify()).isFalse();
        assertThat(target.names()).containsExactly("one");
        assertThat(target.weights()).containsEntry("a", 3);
        assertThat(target.limit()).isEqualTo(new Limit(2, Duration.ofMinutes(5)));
        assertThat(target.rest().values()).containsKey("any");
        assertThat(target).asString().doesNotContain("hush");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() ->
                        bind(
                                Map.of(
                                        "ulr", "https://example.org",
                                        "key", "written down",
                                        "level", "middle",
                                        "verify", "yes",
                                        "weights", Map.of("a", "heavy"),
                                        "limit", Map.of("tries", 0))))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        wrong ->
                                assertThat(wrong.problems())
                                        .extracting(BindingProblem::render)
                                        .containsExactlyInAnyOrder(
                                                "ulr: unknown key 'ulr'; did you mean 'url'?",
                                                "url: 'url' is missing",
                                                "key: a secret is not written down itself; use ${env:NAME} or ${file:PATH}",
                                                "level: has to be one of low, very-high, not 'middle'",
                                                "verify: has to be true or false, not 'yes'",
                                                "weights/a: has to be a whole number, not 'heavy'",
                                                "limit: 'tries' is at least 1"));
    }

    @Test
    void aSecretThatIsNotSetIsToldWithoutLookingElsewhere() {
        Map<String, Object> written = Map.of("url", "x:y", "key", "${env:OTHER}");
        assertThatThrownBy(() -> bind(written)).hasMessage("key: ${env:OTHER} refers to nothing");
        assertThat(RecordBinder.problems(Target.class, new Parameters(written))).isEmpty();
    }

    @Test
    void aSecretOfAStoreIsWrittenInTwoWaysAndKnownOnlyWhereItWasLookedUp() {
        Map<String, Secret> known = Map.of("${secret:nexus/a#b}", Secret.of("stored"));
        for (Object key : List.of("${secret:nexus/a#b}", Map.of("from_secret", "nexus/a#b"))) {
            Parameters written = new Parameters(Map.of("url", "x:y", "key", key));
            assertThat(
                            RecordBinder.bind(
                                            Target.class, written, KnownSecrets.of(SECRETS, known))
                                    .key())
                    .contains(Secret.of("stored"));
            assertThatThrownBy(() -> bind(written.values()))
                    .hasMessage(
                            "key: secrets of stores are not to be had here; use ${env:NAME} or ${file:PATH}");
            assertThat(RecordBinder.problems(Target.class, written)).isEmpty();
        }
        assertThatThrownBy(() -> bind(Map.of("url", Map.of("from_secret", "nexus/a"))))
                .hasMessageContaining("url: cannot be a secret; write the value itself");
    }

    @Test
    void nothingAndEverythingCanBeAskedFor() {
        Parameters anything = new Parameters(Map.of("a", 1));
        assertThat(RecordBinder.bind(Parameters.class, anything, SECRETS)).isEqualTo(anything);
        assertThat(RecordBinder.problems(NoConfiguration.class, anything)).hasSize(1);
        assertThat(RecordBinder.problems(NoConfiguration.class, Parameters.NONE)).isEmpty();
    }

    @Test
    void theSchemaSaysWhatTheBinderWants() {
        Map<String, Object> schema = RecordSchema.of(Target.class).values();
        assertThat(schema)
                .containsEntry("description", "Where things go.")
                .containsEntry("required", List.of("url"))
                .containsEntry("additionalProperties", false);
        assertThat(schema.get("properties"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry(
                        "url",
                        Map.of(
                                "type", "string",
                                "format", "uri-reference",
                                "description", "Its address."))
                .containsEntry(
                        "level", Map.of("enum", List.of("low", "very-high"), "default", "low"));
    }

    record Service(@OrSecret Map<String, String> environment, @OrSecret Optional<String> banner) {}

    private static Service service(SecretSource secrets, Object word) {
        return RecordBinder.bind(
                Service.class,
                new Parameters(
                        Map.of("environment", Map.of("DB", "test", "WORD", word), "banner", "hi")),
                secrets);
    }

    @Test
    void aTextThatMayBeASecretIsItsValueOrThatOfAStore() {
        String reference = "${secret:nexus/db#word}";
        SecretSource known = KnownSecrets.of(SECRETS, Map.of(reference, Secret.of("tr0ub4dor")));

        assertThat(service(known, Map.of("from_secret", "nexus/db#word")))
                .isEqualTo(service(known, reference))
                .isEqualTo(
                        new Service(Map.of("DB", "test", "WORD", "tr0ub4dor"), Optional.of("hi")));
        assertThat(service(known, "${env:KEY}").environment())
                .as("those of the machine are for who asks for a secret")
                .containsEntry("WORD", "${env:KEY}");
        assertThatThrownBy(() -> service(known, Map.of("from_secret", "nexus/other")))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("${secret:nexus/other} refers to nothing");
        assertThat(service(KnownSecrets.forgotten(SECRETS), Map.of("from_secret", "nexus/other")))
                .as("when a step is found again")
                .isNotNull();
    }

    record Lists(@OrSecret List<String> words) {}

    @Test
    void whatIsNoTextCannotBeASecret() {
        assertThatThrownBy(() -> RecordSchema.of(Lists.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.List words");
        assertThatThrownBy(() ->
                        RecordBinder.bind(
                                Lists.class,
                                new Parameters(Map.of("words", List.of("a"))),
                                SECRETS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSchemaOfATextThatMayBeASecretKnowsBoth() {
        assertThat(RecordSchema.of(Service.class).values().toString())
                .contains("additionalProperties={anyOf=[{type=string}, ")
                .contains("from_secret");
    }
}
