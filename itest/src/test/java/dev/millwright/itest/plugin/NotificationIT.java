package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.millwright.itest.system.Distribution;
import dev.millwright.itest.system.ServerProcess;
import dev.millwright.testkit.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs are told of by mail and by signed webhooks, whatever is away or killed meanwhile.
@Timeout(300)
class NotificationIT {
    @TempDir Path folder;
    private int mailPort;
    private int hookPort;

    @BeforeEach
    void prepare() throws IOException {
        Distribution.install("mail-notify", folder);
        mailPort = Ports.free();
        hookPort = Ports.free();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(folder, Map.of("HOOK_SECRET", HookPosts.SECRET));
    }

    private String resources() {
        return """
        kind: Notifier
        metadata: {name: mail}
        spec:
          type: mail
          with:
            host: 127.0.0.1
            port: %d
            security: none
            from: ci@example.org
            to: [team@example.org]
            subject: "$PIPELINE_NAME $STATUS ($TRACEID)"
        ---
        kind: Notifier
        metadata: {name: hook}
        spec:
          type: webhook
          with: {url: "http://127.0.0.1:%d/ci", secret: "${env:HOOK_SECRET}"}
        ---
        kind: Pipeline
        metadata: {name: web}
        spec:
          steps:
            - {name: build, commands: ["echo fine"]}
            - {name: test, commands: ["echo the gate is broken", "exit 3"]}
        """
                .formatted(mailPort, hookPort);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    private GreenMail mailServer() {
        GreenMail mail =
                new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }

    private static List<JsonNode> channels(ServerProcess server) throws IOException {
        List<JsonNode> channels = new ArrayList<>();
        server.get("/api/v1/queue").at("/outbox").forEach(channels::add);
        return channels;
    }

    private static boolean everyChannel(ServerProcess server, String count, boolean positive)
            throws IOException {
        return channels(server).stream()
                .allMatch(channel -> (channel.at(count).asLong(-1) > 0) == positive);
    }

    private static boolean hasTold(ServerProcess server, String name) throws IOException {
        return channels(server).stream()
                .filter(channel -> channel.at("/name").asString("").equals(name))
                .allMatch(channel -> channel.at("/waiting").asLong(-1) == 0);
    }

    private static List<String> ids(GreenMail mail) {
        return Arrays.stream(mail.getReceivedMessages())
                .map(NotificationIT::id)
                .distinct()
                .toList();
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    @Tag("S1.x5")
    void whoeverIsAwayIsToldInTheNextLifeOfTheServer() throws Exception {
        String run;
        try (ServerProcess first = start()) {
            first.apply(resources());
            run = first.deliver("web", "one");
            assertThat(first.awaitEnd(run)).isEqualTo("failure");
            eventually().until(() -> everyChannel(first, "/failing", true));
            assertThat(channels(first))
                    .extracting(channel -> channel.at("/name").asString(""))
                    .containsExactlyInAnyOrder("notifier default/mail", "notifier default/hook");
            first.kill();
        }
        GreenMail mail = mailServer();
        try (HookPosts hooks = HookPosts.at(hookPort);
                ServerProcess second = start()) {
            eventually().until(() -> everyChannel(second, "/waiting", false));

            String trace = second.get("/api/v1/runs/" + run).at("/run/traceId").asString("");
            assertThat(ids(mail)).hasSize(1);
            MimeMessage letter = mail.getReceivedMessages()[0];
            assertThat(letter.getSubject()).isEqualTo("web failure (" + trace + ")");
            assertThat(GreenMailUtil.getWholeMessage(letter))
                    .contains("the gate is broken", "Step 'test'")
                    .doesNotContain("echo fine");

            assertThat(hooks.ids()).hasSize(1);
            assertThat(hooks.posts()).allMatch(HookPosts.Post::genuine);
            JsonNode event = new JsonMapper().readTree(hooks.posts().getFirst().body());
            assertThat(event.at("/id").asString("")).isEqualTo(hooks.ids().getFirst());
            assertThat(event.at("/subject").asString("")).isEqualTo("default/web#1");
            assertThat(event.at("/data/change").asString("")).isEqualTo("broken");
            assertThat(event.at("/data/traceId").asString("")).isEqualTo(trace);
            assertThat(event.at("/data/failedSteps/0/exitCode").asInt(0)).isEqualTo(3);
        } finally {
            mail.stop();
        }
    }

    @Test
    void whatWasToldButNotAnsweredComesAgainWithTheSameId() throws Exception {
        GreenMail mail = mailServer();
        HookPosts.Post unanswered;
        try (HookPosts hooks = HookPosts.withoutAnswers(hookPort);
                ServerProcess first = start()) {
            first.apply(resources());
            assertThat(first.awaitEnd(first.deliver("web", "one"))).isEqualTo("failure");
            eventually().until(() -> !hooks.posts().isEmpty());
            unanswered = hooks.posts().getFirst();
            // A thread of the mail server that loses its client halfway ends with an error
            eventually().until(() -> hasTold(first, "notifier default/mail"));
            first.kill();
        }
        try (HookPosts hooks = HookPosts.at(hookPort);
                ServerProcess second = start()) {
            eventually().until(() -> everyChannel(second, "/waiting", false));
            assertThat(hooks.ids()).containsExactly(unanswered.id());
            assertThat(hooks.posts()).allMatch(HookPosts.Post::genuine);
            assertThat(ids(mail)).hasSize(1);
        } finally {
            mail.stop();
        }
    }
}
