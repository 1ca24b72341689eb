package dev.millwright.otel;

import com.google.protobuf.Message;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;

/// Brings requests to one receiver; closed after each export, so that no thread of it is left. Used
/// by one thread.
interface Sender extends AutoCloseable {
    /// Gives [Sent.Done] when the receiver has it for good.
    Sent send(Signal signal, Message request) throws InterruptedException;

    @Override
    void close();

    /// A new one, which asks the wall before each request.
    ///
    /// @param wall which hosts may be reached
    /// @param refusals where what the receiver leaves out is counted
    static Sender to(OtelSettings settings, NetworkWall wall, Refusals refusals) {
        Sender sender =
                switch (settings.protocol()) {
                    case HTTP -> new HttpSender(settings, refusals);
                    case GRPC -> new GrpcSender(settings, refusals);
                };
        return new WalledSender(sender, wall, settings);
    }
}
