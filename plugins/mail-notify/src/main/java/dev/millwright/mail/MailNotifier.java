package dev.millwright.mail;

import dev.millwright.model.Unreachable;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.PluginContext;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.WallException;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notifier;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one mail for each message over SMTP, to all who get it.
///
/// Usable from any thread.
public final class MailNotifier implements Notifier<MailSettings> {
    private static final Logger log = LoggerFactory.getLogger(MailNotifier.class);

    /// Before the server gives the call up.
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final Delivered delivered = new Delivered();
    private volatile NetworkWall wall = NetworkWall.CLOSED;

    @Override
    public void open(PluginContext context) {
        wall = context.wall();
    }

    @Override
    public String kind() {
        return "mail";
    }

    @Override
    public Class<MailSettings> configuration() {
        return MailSettings.class;
    }

    @Override
    public Sent send(Notification message, MailSettings settings) throws InterruptedException {
        List<String> recipients = Recipients.of(message.run(), settings);
        List<String> left = delivered.left(message.id(), recipients);
        if (left.isEmpty()) {
            return Sent.DONE;
        }
        MailServer server = new MailServer(settings);
        try {
            var _ = wall.check(settings.host());
        } catch (WallException refused) {
            return later(server, "may not be reached: " + refused.getMessage());
        } catch (IOException unknown) {
            return later(server, Unreachable.why(unknown));
        }
        try {
            Optional<Refusals> refused =
                    Deadline.within(LONGEST, () -> talk(server, message, recipients, left));
            return refused.map(parts -> meaning(message, recipients, left, parts, server))
                    .orElseGet(() -> done(message));
        } catch (TimeoutException slow) {
            return later(server, "takes longer than %ds".formatted(LONGEST.toSeconds()));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PluginException told) {
                throw told;
            }
            return later(server, failure(failed.getCause(), settings));
        }
    }

    private static String failure(@Nullable Throwable cause, MailSettings settings) {
        String why = cause == null ? "" : Words.inOneLine(Unreachable.why(cause));
        return cause instanceof AuthenticationFailedException
                ? "refuses the login of '%s', see 'user' and 'password' of the notifier: %s"
                        .formatted(settings.user().orElse(""), why)
                : why;
    }

    /// Empty when everybody has it.
    private static Optional<Refusals> talk(
            MailServer server, Notification message, List<String> recipients, List<String> left)
            throws MessagingException {
        Session session = server.session();
        MimeMessage mail = new MailWriter(session, server.settings()).write(message, recipients);
        try {
            server.send(session, mail, left);
            return Optional.empty();
        } catch (AuthenticationFailedException wrong) {
            throw wrong;
        } catch (MessagingException failed) {
            return Optional.of(Refusals.of(failed, left));
        }
    }

    private Sent done(Notification message) {
        delivered.forget(message.id());
        return Sent.DONE;
    }

    private Sent meaning(
            Notification message,
            List<String> recipients,
            List<String> left,
            Refusals parts,
            MailServer server) {
        Set<String> settled = new HashSet<>(parts.taken());
        settled.addAll(parts.never());
        boolean waits = !settled.containsAll(left);
        boolean anybodyHasIt = !parts.taken().isEmpty() || left.size() < recipients.size();
        if (waits) {
            delivered.settle(message.id(), settled);
            return later(server, parts.reason());
        }
        delivered.forget(message.id());
        if (!anybodyHasIt) {
            return new Sent.Never("%s refused it: %s".formatted(server.name(), parts.reason()));
        }
        log.warn(
                "{} refused a mail about {}: {}",
                server.name(),
                message.run().address(),
                parts.reason());
        return Sent.DONE;
    }

    private static Sent later(MailServer server, String reason) {
        return new Sent.Later("%s: %s".formatted(server.name(), reason), Duration.ZERO);
    }
}
