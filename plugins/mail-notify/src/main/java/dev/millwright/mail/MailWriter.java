package dev.millwright.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.report.RunReport;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// Writes the mail of a message. Used by one thread.
record MailWriter(Session session, MailSettings settings) {
    private static final int LONGEST_SUBJECT = 250;

    MimeMessage write(Notification message, List<String> recipients) throws MessagingException {
        RunReport run = message.run();
        String domain = settings.from().substring(settings.from().indexOf('@') + 1);
        MimeMessage mail = new Letter(session, "<%s@%s>".formatted(message.id(), domain));
        mail.setFrom(new InternetAddress(settings.from()));
        for (String recipient : recipients) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(recipient));
        }
        mail.setSubject(subject(message), UTF_8.name());
        mail.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().atOffset(ZoneOffset.UTC)));
        // No machine is to answer it: no notes of absence come back
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        mail.setHeader("X-Millwright-Run", run.address());
        mail.setHeader("X-Millwright-Trace", run.traceId());
        if (settings.text().isPresent()) {
            mail.setText(Template.filled(settings.text().get(), message), UTF_8.name());
        } else {
            mail.setContent(both(message));
        }
        mail.saveChanges();
        return mail;
    }

    private String subject(Notification message) {
        String line = Words.inOneLine(Template.filled(settings.subject(), message));
        return line.length() <= LONGEST_SUBJECT
                ? line
                : line.substring(0, LONGEST_SUBJECT - 1) + "…";
    }

    /// The last is the best, and shown by those who can.
    private MimeMultipart both(Notification message) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(message.text(), UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(new HtmlText(message, settings.logLines()).render(), UTF_8.name(), "html");
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(plain);
        both.addBodyPart(html);
        return both;
    }

    /// Keeps the id that it is given, so that a repetition can be told.
    private static final class Letter extends MimeMessage {
        private final String id;

        Letter(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
