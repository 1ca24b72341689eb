package dev.millwright.otel;

import com.google.protobuf.Message;
import dev.millwright.model.Unreachable;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.WallException;
import java.io.IOException;
import java.time.Duration;

/// Asks before each request whether the receiver may be reached.
record WalledSender(Sender sender, NetworkWall wall, OtelSettings settings) implements Sender {
    @Override
    public Sent send(Signal signal, Message request) throws InterruptedException {
        try {
            var _ = wall.check(settings.endpoint().getHost());
        } catch (WallException refused) {
            return later("may not be told: " + refused.getMessage());
        } catch (IOException unknown) {
            return later("cannot be reached: " + Unreachable.why(unknown));
        }
        return sender.send(signal, request);
    }

    private Sent later(String why) {
        return new Sent.Later("%s %s".formatted(settings.endpoint(), why), Duration.ZERO);
    }

    @Override
    public void close() {
        sender.close();
    }
}
