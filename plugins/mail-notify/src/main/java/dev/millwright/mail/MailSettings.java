package dev.millwright.mail;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What administrators write for a mail server and those who get mail. Immutable.
///
/// ```yaml
/// host: smtp.example.org
/// user: ci
/// password: ${env:SMTP_PASSWORD}
/// from: ci@example.org
/// to: [team@example.org]
/// authors: ["*@example.org"]
/// ```
@Describe("Mails what is new about runs.")
public record MailSettings(
        @Describe("The mail server.") String host,
        @Describe("Its port; 0 for the usual one: 587, with tls 465, with none 25.") @Default("0")
                int port,
        @Describe("starttls, tls or none.") @Default("starttls") Security security,
        @Describe("Who logs in; nobody does without it.") Optional<String> user,
        @Describe("The password of the user.") Optional<Secret> password,
        @Describe("A file in PEM with the certificates to trust, instead of those of Java.")
                Optional<Path> trust,
        @Describe("The sender.") String from,
        @Describe("Who always gets mail.") List<String> to,
        @Describe("Patterns of addresses: the author of a change gets mail, too, if one fits.")
                List<String> authors,
        @Describe("The subject, with variables such as $PIPELINE_NAME.") @Default("$SUBJECT")
                String subject,
        @Describe("The text, with variables, instead of the usual one.") Optional<String> text,
        @Describe("How many lines of the log of each failed step are shown.") @Default("20")
                int logLines,
        @Describe("How long each answer of the mail server is waited for.") @Default("20s")
                Duration timeout) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    public MailSettings {
        to = List.copyOf(to);
        authors = List.copyOf(authors);
        if (host.isBlank() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("write the mail server like smtp.example.org");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("write both 'user' and 'password', or neither");
        }
        if (password.isPresent() && security == Security.NONE && !isThisMachine(host)) {
            throw new IllegalArgumentException(
                    "a password goes to another machine with 'security' starttls or tls only");
        }
        if (to.isEmpty() && authors.isEmpty()) {
            throw new IllegalArgumentException("nobody would get mail; write 'to' or 'authors'");
        }
        MailAddress.checked("from", from);
        to.forEach(address -> MailAddress.checked("to", address));
        if (logLines < 0 || logLines > 200) {
            throw new IllegalArgumentException("logLines is 0 to 200");
        }
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout has to be above 0s and at most 30s");
        }
        Template.check("subject", subject);
        text.ifPresent(words -> Template.check("text", words));
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /// The port that is meant.
    int portOrUsual() {
        return port == 0 ? security.port() : port;
    }
}
