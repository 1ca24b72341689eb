package dev.millwright.mail;

import dev.millwright.testkit.NotifierContract;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The built plugin, loaded as a server loads it, holds what every notifier has to hold.
final class MailContractIT extends NotifierContract {
    private MailRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new MailRoom();
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Override
    protected String kind() {
        return "mail";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of(
                "host", "127.0.0.1",
                "port", room.port(),
                "security", "none",
                "from", "ci@example.org",
                "to", List.of("team@example.org"));
    }

    @Override
    protected int received() {
        try {
            return room.ids().size();
        } catch (MessagingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    protected void receiver(boolean up) {
        room.there(up);
    }
}
