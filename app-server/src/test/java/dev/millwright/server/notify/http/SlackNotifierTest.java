package dev.millwright.server.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.Sent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlackNotifierTest {
    @Test
    void aChatIsToldInOneTextThatMentionsNobody() throws Exception {
        try (PostedTo chat = new PostedTo()) {
            SlackSettings settings =
                    new SlackSettings(
                            Secret.of(chat.url("/services/T0/B0/x")), Duration.ofSeconds(10));

            assertThat(new SlackNotifier(NetworkWall.OPEN).send(Messages.broken(), settings))
                    .isEqualTo(Sent.DONE);

            JsonNode body = new JsonMapper().readTree(chat.posts().getFirst().body());
            assertThat(body.propertyNames()).containsExactly("text");
            assertThat(body.at("/text").asString())
                    .isEqualTo(
                            """
                            :x: *<http://localhost/api/v1/runs/1|web#17 failed: &lt;!channel&gt; &amp; test>*
                            ```
                            Step 'test' failed.
                            ` ` `
                            &lt;@everyone&gt;
                            ```\
                            """);
        }
    }

    @Test
    void theAddressIsNeverTold() throws Exception {
        try (PostedTo chat = new PostedTo()) {
            chat.answer(404, Map.of());
            SlackSettings settings =
                    new SlackSettings(
                            Secret.of(chat.url("/services/hush")), Duration.ofSeconds(10));
            assertThat(new SlackNotifier(NetworkWall.OPEN).send(Messages.broken(), settings))
                    .isInstanceOfSatisfying(
                            Sent.Later.class,
                            later -> assertThat(later.reason()).doesNotContain("hush"));
        }
    }
}
