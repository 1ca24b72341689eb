package dev.millwright.mail;

import dev.millwright.plugin.Secret;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// One mail server as it is written down. Each mail has a connection of its own; nothing stays
/// open.
record MailServer(MailSettings settings) {
    Session session() {
        String timeout = Long.toString(settings.timeout().toMillis());
        Properties of = new Properties();
        of.setProperty("mail.smtp.connectiontimeout", timeout);
        of.setProperty("mail.smtp.timeout", timeout);
        of.setProperty("mail.smtp.from", settings.from());
        of.setProperty("mail.smtp.auth", Boolean.toString(settings.user().isPresent()));
        of.setProperty("mail.smtp.sendpartial", "true");
        of.setProperty("mail.smtp.quitwait", "false");
        of.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        of.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        switch (settings.security()) {
            case STARTTLS -> {
                of.setProperty("mail.smtp.starttls.enable", "true");
                of.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> of.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        settings.trust()
                .ifPresent(file ->
                        of.put("mail.smtp.ssl.socketFactory", TrustedCertificates.in(file)));
        return Session.getInstance(of);
    }

    /// For people.
    String name() {
        return settings.host() + ":" + settings.portOrUsual();
    }

    /// Throws what [Refusals] understands.
    void send(Session session, MimeMessage mail, List<String> recipients)
            throws MessagingException {
        List<Address> addresses = new ArrayList<>();
        for (String recipient : recipients) {
            addresses.add(new InternetAddress(recipient));
        }
        URLName server =
                new URLName("smtp", settings.host(), settings.portOrUsual(), null, null, null);
        try (SMTPTransport smtp = new SMTPTransport(session, server)) {
            smtp.connect(
                    settings.host(),
                    settings.portOrUsual(),
                    settings.user().orElse(null),
                    settings.password().map(Secret::reveal).orElse(null));
            smtp.sendMessage(mail, addresses.toArray(Address[]::new));
        }
    }
}
