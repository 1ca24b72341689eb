package dev.millwright.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.PluginUnderTest;
import dev.millwright.testkit.Ports;
import dev.millwright.testkit.SampleRuns;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built plugin and a real mail server.
@Timeout(120)
final class MailIT {
    @TempDir Path folder;
    private MailRoom room;
    private PluginUnderTest plugin;

    @BeforeEach
    void open() throws Exception {
        room = new MailRoom();
        plugin = PluginUnderTest.builder(BuiltPlugin.find()).secret("SMTP", "hush").load();
    }

    @AfterEach
    void close() {
        plugin.close();
        room.close();
    }

    private static Notification message() {
        return SampleRuns.notification(SampleRuns.finished(Outcome.FAILURE), Change.BROKEN);
    }

    private Sent send(int port, Map<String, Object> more) throws InterruptedException {
        Map<String, Object> settings =
                new LinkedHashMap<>(
                        Map.of(
                                "host", "127.0.0.1",
                                "port", port,
                                "security", "none",
                                "from", "ci@example.org",
                                "to", List.of("team@example.org"),
                                "timeout", "5s"));
        settings.putAll(more);
        return plugin.notifier("mail", settings).send(message());
    }

    @Test
    void aMailTellsTheRunInTextAndHtml() throws Exception {
        assertThat(send(room.port(), Map.of("authors", List.of("*@example.org"))))
                .isEqualTo(Sent.DONE);

        assertThat(room.mails()).as("one for the team, one for the author").hasSize(2);
        MimeMessage mail = room.mails().getFirst();
        assertThat(mail.getSubject()).isEqualTo("web#17 failed: test (main, 0123456)");
        assertThat(mail.getFrom()).extracting(Address::toString).containsExactly("ci@example.org");
        assertThat(mail.getRecipients(RecipientType.TO))
                .extracting(Address::toString)
                .containsExactly("team@example.org", "dev@example.org");
        assertThat(mail.getMessageID()).isEqualTo("<" + message().id() + "@example.org>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("X-Millwright-Trace"))
                .containsExactly("0af7651916cd43dd8448eb211c80319c");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("Step 'test' failed.", message().run().url());
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("Step test: exit", "line 80\r\n", "line 99</pre>")
                .contains(message().run().url(), "59.0s", "Mend the gate")
                .doesNotContain("line 79", "Step build");
    }

    @Test
    void subjectAndTextAreWhatTheAdministratorWrote() throws Exception {
        Map<String, Object> words =
                Map.of(
                        "subject", "$PIPELINE_NAME ${STATUS} ($TRACEID) für $$5",
                        "text", "$FAILED_STEPS on $BRANCH by $AUTHOR after $DURATION\n");
        assertThat(send(room.port(), words)).isEqualTo(Sent.DONE);

        MimeMessage mail = room.mails().getFirst();
        assertThat(mail.getSubject())
                .isEqualTo("web failure (0af7651916cd43dd8448eb211c80319c) für $5");
        assertThat(mail.getContent().toString().strip())
                .isEqualTo("test on main by Dev after 59.0s");
    }

    @Test
    void aPasswordIsProvenAfterTheConversationIsEncrypted() throws Exception {
        room.account("ci", "hush");
        SelfSigned own = SelfSigned.in(folder, "ip:127.0.0.1");
        Map<String, Object> settings =
                Map.of(
                        "security", "starttls",
                        "trust", own.pem().toString(),
                        "user", "ci",
                        "password", "${env:SMTP}");
        try (SmtpFront front = new SmtpFront(room.port(), own.context())) {
            assertThat(send(front.port(), settings)).isEqualTo(Sent.DONE);

            assertThat(front.said())
                    .filteredOn(line -> !line.startsWith("TLS "))
                    .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));
            assertThat(front.said()).anyMatch(line -> line.startsWith("TLS AUTH"));
        }
        assertThat(room.mails()).hasSize(1);
    }

    @Test
    void aWrongPasswordIsTriedLaterAndNeverTold() throws Exception {
        room.account("ci", "another");
        Map<String, Object> settings = Map.of("user", "ci", "password", "${env:SMTP}");
        assertThat(send(room.port(), settings))
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later ->
                                assertThat(later.reason())
                                        .startsWith(
                                                "127.0.0.1:%d: refuses the login of 'ci', see 'user' and 'password' of the notifier: 535"
                                                        .formatted(room.port()))
                                        .doesNotContain("hush"));
        assertThat(room.mails()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsNamedWithWhatIsWrongInWords() throws Exception {
        int port = Ports.free();
        assertThat(send(port, Map.of()))
                .isEqualTo(
                        new Sent.Later(
                                "127.0.0.1:%d: connection refused".formatted(port), Duration.ZERO));
    }

    @Test
    void aServerThatNobodyTrustsOrThatDoesNotEncryptGetsNothing() throws Exception {
        SelfSigned own = SelfSigned.in(folder, "ip:127.0.0.1");
        try (SmtpFront front = new SmtpFront(room.port(), own.context())) {
            assertThat(send(front.port(), Map.of("security", "starttls")))
                    .isInstanceOfSatisfying(
                            Sent.Later.class,
                            later ->
                                    assertThat(later.reason())
                                            .endsWith(
                                                    "certificate is not signed by anybody who is trusted here"));
            assertThat(front.said()).last().isEqualTo("STARTTLS");
        }
        assertThat(send(room.port(), Map.of("security", "starttls")))
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later -> assertThat(later.reason()).containsIgnoringCase("starttls"));
        assertThat(room.mails()).isEmpty();
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() throws Exception {
        SelfSigned other = SelfSigned.in(folder, "dns:mail.example.org");
        try (SmtpFront front = new SmtpFront(room.port(), other.context())) {
            assertThat(
                            send(
                                    front.port(),
                                    Map.of(
                                            "security",
                                            "starttls",
                                            "trust",
                                            other.pem().toString())))
                    .isInstanceOf(Sent.Later.class);
            assertThat(front.said()).last().isEqualTo("STARTTLS");
        }
        assertThat(room.mails()).isEmpty();
    }

    @Test
    void whoIsRefusedDoesNotKeepTheOthersFromTheirMail() throws Exception {
        try (SmtpFront front = new SmtpFront(room.port(), null)) {
            front.refuse("RCPT TO:<gone@example.org>", "550 5.1.1 no such mailbox");
            assertThat(
                            send(
                                    front.port(),
                                    Map.of("to", List.of("gone@example.org", "team@example.org"))))
                    .isEqualTo(Sent.DONE);
            assertThat(room.mails()).hasSize(1);

            assertThat(send(front.port(), Map.of("to", List.of("gone@example.org"))))
                    .isInstanceOfSatisfying(
                            Sent.Never.class,
                            never -> assertThat(never.reason()).contains("gone@", "no such"));
        }
    }

    @Test
    void whoHasItAlreadyDoesNotGetItAgainWhileAnotherMailboxIsFull() throws Exception {
        Map<String, Object> both = Map.of("to", List.of("full@example.org", "team@example.org"));
        try (SmtpFront front = new SmtpFront(room.port(), null)) {
            front.refuse("RCPT TO:<full@example.org>", "452 4.2.2 mailbox full");
            for (int i = 0; i < 3; i++) {
                assertThat(send(front.port(), both))
                        .isInstanceOfSatisfying(
                                Sent.Later.class,
                                later -> assertThat(later.reason()).contains("mailbox full"));
            }
            assertThat(room.mails()).hasSize(1);
            front.refuseNothing();
            assertThat(send(front.port(), both)).isEqualTo(Sent.DONE);
            assertThat(room.mails()).hasSize(2);
            assertThat(room.ids()).hasSize(1);
        }
    }

    @Test
    void aMailThatIsNotWantedAtAllIsGivenUpAndOneThatIsNotWantedNowIsNot() throws Exception {
        try (SmtpFront front = new SmtpFront(room.port(), null)) {
            front.refuse("DATA", "554 5.7.1 looks like spam");
            assertThat(send(front.port(), Map.of())).isInstanceOf(Sent.Never.class);
            front.refuseNothing();
            front.refuse("MAIL", "451 4.3.0 try again later");
            assertThat(send(front.port(), Map.of())).isInstanceOf(Sent.Later.class);
        }
        assertThat(room.mails()).isEmpty();
    }

    @Test
    void aServerThatHangsIsGivenUp() throws Exception {
        try (SmtpFront front = new SmtpFront(room.port(), null)) {
            front.beSilent();
            assertThat(send(front.port(), Map.of("timeout", "300ms")))
                    .isInstanceOf(Sent.Later.class);
        }
    }

    @Test
    void nobodyToTellIsNothingToDo() throws Exception {
        room.close();
        assertThat(
                        send(
                                room.port(),
                                Map.of(
                                        "to", List.of(),
                                        "authors", List.of("*@other.example.org"))))
                .isEqualTo(Sent.DONE);
    }
}
