package dev.millwright.server.web.live;

import dev.millwright.server.web.route.Bodies;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes server-sent events. Used by one thread.
final class SseWriter {
    private final OutputStream out;
    private final Bodies bodies;

    SseWriter(OutputStream out, Bodies bodies) {
        this.out = out;
        this.bodies = bodies;
    }

    void data(long id, Object data) throws IOException {
        write("id: " + id + "\ndata: ");
        out.write(bodies.write(data));
        write("\n\n");
    }

    /// Tell that nothing will follow, so that the reader does not come back.
    void end() throws IOException {
        write("event: end\ndata: {}\n\n");
        out.flush();
    }

    /// Something that readers skip; shows both sides that the other is there.
    void heartbeat() throws IOException {
        write(":\n\n");
        out.flush();
    }

    void flush() throws IOException {
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
