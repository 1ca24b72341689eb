package dev.millwright.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.plan.Source;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.testkit.SampleRuns;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailWriterTest {
    private static final String EVIL =
            "x\r\nBcc: evil@example.net\r\n\r\n<script>alert(1)</script>";

    private static Notification message(String author, String email, String text) {
        RunReport run = SampleRuns.finished(Outcome.FAILURE);
        Source was = run.source().orElseThrow();
        Source source =
                new Source(
                        was.url(),
                        was.commit(),
                        was.refOrNull(),
                        text,
                        "",
                        "",
                        text,
                        author,
                        email,
                        List.of(),
                        was.checkout());
        RunReport changed =
                new RunReport(
                        run.id(),
                        run.namespace(),
                        run.pipeline(),
                        run.number(),
                        run.event(),
                        text,
                        text,
                        run.outcomeOrNull(),
                        source,
                        run.inputs(),
                        run.traceId(),
                        run.rootSpanId(),
                        "",
                        run.queuedAt(),
                        run.startedAtOrNull(),
                        run.finishedAtOrNull(),
                        null,
                        run.url(),
                        run.steps());
        return new Notification(
                "0194ba2f-1",
                Change.BROKEN,
                text,
                text,
                List.of("millwright logs '<web>#1'"),
                changed,
                SampleRuns.logs(100),
                0);
    }

    private static MailSettings settings(String subject, String... authors) {
        return new MailSettings(
                "smtp.example.org",
                0,
                Security.STARTTLS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "ci@example.org",
                List.of("team@example.org"),
                List.of(authors),
                subject,
                Optional.empty(),
                20,
                Duration.ofSeconds(20));
    }

    /// As the other side reads it.
    private static MimeMessage written(Notification message, MailSettings settings)
            throws Exception {
        Session session = Session.getInstance(new Properties());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new MailWriter(session, settings)
                .write(message, Recipients.of(message.run(), settings))
                .writeTo(bytes);
        return new MimeMessage(session, new ByteArrayInputStream(bytes.toByteArray()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$SUBJECT",
                "$AUTHOR",
                "$BRANCH",
                "$CAUSE",
                "$COMMIT_MESSAGE",
                "$TEXT and more"
            })
    void nothingFromOutsideBecomesAHeaderOrMarkup(String subject) throws Exception {
        MimeMessage mail = written(message(EVIL, "dev@example.org", EVIL), settings(subject, "*"));

        assertThat(Collections.list(mail.getAllHeaders()))
                .extracting(header -> header.getName())
                .containsExactlyInAnyOrder(
                        "From",
                        "To",
                        "Subject",
                        "Date",
                        "Message-ID",
                        "MIME-Version",
                        "Content-Type",
                        "Auto-Submitted",
                        "X-Auto-Response-Suppress",
                        "X-Millwright-Run",
                        "X-Millwright-Trace");
        assertThat(mail.getSubject()).contains("Bcc: evil").doesNotContain("\n", "\r");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(1).getContent().toString())
                .doesNotContain("<script>", "<web>")
                .contains("&lt;script&gt;", "millwright logs &#39;&lt;web&gt;#1&#39;</pre>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@example.org\r\nBcc: evil@example.net",
                "x@example.org, evil@example.net",
                "evil@example.net <x@example.org>",
                "x@example.org\u0000",
                "x y@example.org",
                "@example.org",
                "x@",
                "",
                "x@[127.0.0.1]",
                "1+dev@users.noreply.github.com",
                "no-reply@example.org"
            })
    void onlyAPlainAddressOfAnAuthorGetsMail(String email) throws Exception {
        assertThat(Recipients.of(message("Dev", email, "x").run(), settings("x", "*")))
                .containsExactly("team@example.org");
    }

    @Test
    void authorsGetMailWhenAPatternFits() {
        RunReport run = message("Dev", "Dev@Example.org", "x").run();
        assertThat(Recipients.of(run, settings("x", "*@example.org")))
                .containsExactly("team@example.org", "Dev@Example.org");
        assertThat(Recipients.of(run, settings("x", "*@example.net")))
                .containsExactly("team@example.org");
        assertThat(Recipients.of(message("", "TEAM@example.org", "").run(), settings("x", "*")))
                .as("each once")
                .containsExactly("team@example.org");
    }

    @Test
    void aLongSubjectIsCutAndOtherScriptsSurvive() throws Exception {
        MimeMessage mail = written(message("ä", "", "проверка ".repeat(100)), settings("$SUBJECT"));
        assertThat(mail.getSubject()).startsWith("проверка проверка").hasSize(250).endsWith("…");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        assertThat(bytes.toString(UTF_8).lines()).allMatch(line -> line.length() <= 998);
    }
}
