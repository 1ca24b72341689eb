package dev.millwright.forges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequest.Trust;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Bodies that no forge documents: each has a meaning all the same, and none is an error.
final class OddPayloadsTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// The payload with one member after the other gone, null, or of another type.
    private static List<String> oddities(String name) {
        JsonNode whole = JSON.readTree(Deliveries.payload(name));
        List<String> odd = new ArrayList<>();
        spoil(whole, whole, odd);
        return odd;
    }

    private static void spoil(JsonNode whole, JsonNode part, List<String> odd) {
        if (part instanceof ObjectNode object) {
            for (String member : List.copyOf(object.propertyNames())) {
                JsonNode right = object.get(member);
                List<Consumer<ObjectNode>> harms =
                        List.of(
                                one -> one.remove(member),
                                one -> one.putNull(member),
                                one -> one.put(member, 7),
                                one -> one.put(member, "text"),
                                one -> one.putArray(member).addNull(),
                                one -> one.putObject(member));
                for (Consumer<ObjectNode> harm : harms) {
                    harm.accept(object);
                    odd.add(whole.toString());
                }
                object.set(member, right);
                spoil(whole, right, odd);
            }
        } else {
            part.forEach(item -> spoil(whole, item, odd));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GITLAB, Push Hook, push",
        "GITLAB, Tag Push Hook, tag-push",
        "GITLAB, Merge Request Hook, merge-request",
        "GITLAB, Release Hook, release",
        "GITEA, push, push",
        "GITEA, create, create",
        "GITEA, delete, delete",
        "GITEA, pull_request, pull-request",
        "FORGEJO, release, release",
        "BITBUCKET, repo:push, push-several",
        "BITBUCKET, pullrequest:created, pull-request",
        "DATA_CENTER, repo:refs_changed, push-several",
        "DATA_CENTER, repo:refs_changed, push",
        "DATA_CENTER, pr:opened, pull-request"
    })
    void anOddMemberIsNoError(Sender sender, String event, String name) {
        List<String> all = oddities(sender.folder() + "/" + name);
        assertThat(all).hasSizeGreaterThan(50);
        for (String body : all) {
            Interpretation meaning = Deliveries.meaning(sender, event, body, Map.of());
            if (meaning instanceof Interpretation.Rejected(String reason)) {
                assertThat(reason).as(body).isNotBlank();
            } else if (meaning instanceof Interpretation.Ignored(String reason)) {
                assertThat(reason).as(body).isNotBlank();
            }
        }
    }

    /// Members of another type may well be another repository; but what is missing makes nobody
    /// trustworthy.
    @ParameterizedTest
    @CsvSource({
        "GITLAB, Merge Request Hook, merge-request-fork",
        "GITEA, pull_request, pull-request-fork",
        "BITBUCKET, pullrequest:rejected, pull-request-fork",
        "DATA_CENTER, pr:opened, pull-request-fork"
    })
    void noOddityMakesAForkTrusted(Sender sender, String event, String name) {
        for (String body : oddities(sender.folder() + "/" + name)) {
            if (Deliveries.meaning(sender, event, body, Map.of())
                    instanceof Interpretation.Runs(List<RunRequest> requests)) {
                assertThat(requests)
                        .as(body)
                        .allSatisfy(run -> assertThat(run.trust()).isEqualTo(Trust.NONE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonsenseBodyIsRejectedWithTheReason(Sender sender) {
        List<String> nonsense =
                List.of(
                        "",
                        "{",
                        "null",
                        "[]",
                        "7",
                        "\u0000\uffff",
                        "<xml/>",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(100_000),
                        "{\"ref\": " + "9".repeat(2_000) + "}");
        for (String body : nonsense) {
            assertThat(Deliveries.meaning(sender, sender.push, body, Map.of()))
                    .isInstanceOfSatisfying(
                            Interpretation.Rejected.class,
                            rejected ->
                                    assertThat(rejected.reason())
                                            .isNotBlank()
                                            .hasSizeLessThan(1_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHugeBodyIsReadAsAnyOther(Sender sender) {
        String huge =
                sender.example()
                        .replaceFirst("\\{", "{\"padding\": \"" + "x".repeat(10_000_000) + "\",");
        assertThat(Deliveries.meaning(sender, sender.push, huge, Map.of()))
                .isEqualTo(Deliveries.meaning(sender, sender.push, sender.example(), Map.of()))
                .isInstanceOf(Interpretation.Runs.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Issue Hook", "System Hook", "Note Hook", "Pipeline Hook", "fork", "*"})
    void anEventThatNobodyKnowsIsIgnoredWithoutReadingIt(String event) {
        for (Sender sender : Sender.values()) {
            assertThat(Deliveries.meaning(sender, event, "no json", Map.of()))
                    .isEqualTo(
                            Deliveries.ignored(
                                    "nothing starts for the event '%s'".formatted(event)));
        }
    }

    @Test
    void moreRefsThanADeliveryMayStartRunsForAreIgnoredWithTheReason() {
        ObjectNode push =
                (ObjectNode) JSON.readTree(Deliveries.payload("bitbucket-data-center/push-old"));
        JsonNode change = push.path("changes").path(0);
        for (int i = 1; i < 101; i++) {
            push.withArray("changes").add(change);
        }
        assertThat(
                        Deliveries.meaning(
                                Sender.DATA_CENTER, "repo:refs_changed", push.toString(), Map.of()))
                .isEqualTo(
                        Deliveries.ignored(
                                "101 refs were pushed at once that start runs; one push starts 100"
                                        + " at most"));
        push.withArray("changes").removeAll();
        assertThat(
                        Deliveries.meaning(
                                Sender.DATA_CENTER, "repo:refs_changed", push.toString(), Map.of()))
                .isEqualTo(Deliveries.ignored("no branch and no tag has changed"));
    }
}
