package dev.millwright.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Stands before a mail server: offers STARTTLS, refuses what a test wants, or hangs.
final class SmtpFront implements AutoCloseable {
    private final ServerSocket listener;
    private final int backend;
    private final @Nullable SSLContext tls;
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    SmtpFront(int backend, @Nullable SSLContext tls) throws IOException {
        this.backend = backend;
        this.tls = tls;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// Answer commands that begin like that with these words.
    void refuse(String command, String answer) {
        refusals.put(command, answer);
    }

    void refuseNothing() {
        refusals.clear();
    }

    /// Take connections and say nothing.
    void beSilent() {
        silent = true;
    }

    /// What clients said; with `TLS ` in front what nobody else could read.
    List<String> said() {
        return List.copyOf(said);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> talk(client));
            }
        } catch (IOException closed) {
            // The end of the test
        }
    }

    private void talk(Socket client) {
        if (silent) {
            return;
        }
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), backend)) {
            new Conversation(client, server).run();
        } catch (IOException ended) {
            // The client sees it
        }
    }

    private final class Conversation {
        private final Socket plain;
        private final InputStream fromServer;
        private final OutputStream toServer;
        private InputStream fromClient;
        private OutputStream toClient;
        private boolean encrypted;

        Conversation(Socket client, Socket server) throws IOException {
            this.plain = client;
            this.fromClient = new BufferedInputStream(client.getInputStream());
            this.toClient = client.getOutputStream();
            this.fromServer = new BufferedInputStream(server.getInputStream());
            this.toServer = server.getOutputStream();
        }

        void run() throws IOException {
            answer(false);
            for (String line = line(fromClient); !line.isEmpty(); line = line(fromClient)) {
                String command = line.strip();
                said.add((encrypted ? "TLS " : "") + command);
                @Nullable String refusal =
                        refusals.entrySet().stream()
                                .filter(one -> command.startsWith(one.getKey()))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse(null);
                if (refusal != null) {
                    say(refusal + "\r\n");
                } else if (command.equals("STARTTLS")) {
                    say("220 Go ahead\r\n");
                    encrypt();
                } else {
                    send(line);
                    String got =
                            answer(
                                    command.toUpperCase(Locale.ROOT).startsWith("EHLO")
                                            && tls != null
                                            && !encrypted);
                    if (command.equals("DATA") && got.startsWith("354")) {
                        body();
                    }
                }
            }
        }

        private void encrypt() throws IOException {
            SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, null, 0, true);
            socket.setUseClientMode(false);
            socket.startHandshake();
            fromClient = new BufferedInputStream(socket.getInputStream());
            toClient = socket.getOutputStream();
            encrypted = true;
        }

        private void body() throws IOException {
            for (String line = line(fromClient); !line.isEmpty(); line = line(fromClient)) {
                send(line);
                if (line.equals(".\r\n")) {
                    answer(false);
                    return;
                }
            }
        }

        /// Hand the server's answer on; gives its last line.
        private String answer(boolean offerTls) throws IOException {
            boolean offered = !offerTls;
            while (true) {
                String line = line(fromServer);
                boolean last = line.length() < 4 || line.charAt(3) == ' ';
                if (offered) {
                    say(line);
                } else {
                    say("250-" + line.substring(4));
                    say(last ? "250 STARTTLS\r\n" : "250-STARTTLS\r\n");
                    offered = true;
                }
                if (last) {
                    return line;
                }
            }
        }

        private void say(String text) throws IOException {
            toClient.write(text.getBytes(ISO_8859_1));
            toClient.flush();
        }

        private void send(String text) throws IOException {
            toServer.write(text.getBytes(ISO_8859_1));
            toServer.flush();
        }
    }

    /// With its end; empty at the end of everything.
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one >= 0; one = in.read()) {
            line.append((char) one);
            if (one == '\n') {
                break;
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
