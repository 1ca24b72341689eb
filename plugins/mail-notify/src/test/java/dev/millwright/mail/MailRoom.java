package dev.millwright.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.millwright.testkit.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;

/// A mail server on this machine that can be away for a while. Used by one thread.
public final class MailRoom implements AutoCloseable {
    private final int port;
    private final List<MimeMessage> before = new ArrayList<>();
    private GreenMail server;

    /// On a port of its own.
    public MailRoom() {
        this(Ports.free());
    }

    public MailRoom(int port) {
        this.port = port;
        this.server = begin();
    }

    private GreenMail begin() {
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(20_000);
        GreenMail begun = new GreenMail(setup);
        begun.start();
        return begun;
    }

    public int port() {
        return port;
    }

    /// Who may log in.
    public void account(String user, String password) {
        var _ = server.setUser(user, password);
    }

    /// Away, or there again with what it has.
    public void there(boolean whether) {
        if (whether) {
            server = begin();
        } else {
            before.addAll(List.of(server.getReceivedMessages()));
            server.stop();
        }
    }

    /// Every mail in the mailbox of every receiver.
    public List<MimeMessage> mails() {
        List<MimeMessage> all = new ArrayList<>(before);
        all.addAll(List.of(server.getReceivedMessages()));
        return all;
    }

    /// The different ids of all mails.
    public List<String> ids() throws MessagingException {
        List<String> ids = new ArrayList<>();
        for (MimeMessage mail : mails()) {
            ids.add(mail.getMessageID());
        }
        return ids.stream().distinct().toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
