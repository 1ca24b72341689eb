package dev.millwright.server.link.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.Assign;
import dev.millwright.link.v1.HeartbeatAck;
import dev.millwright.link.v1.ServerMessage;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private final Wire wire = new Wire();
    private final Outbox outbox = new Outbox(wire);

    @Test
    void messagesWaitForTheConnectionAndKeepTheirOrder() {
        assertThat(outbox.post(number(1))).isEqualTo(Outbox.Posting.ACCEPTED);
        wire.ready = true;
        assertThat(outbox.post(number(2))).isEqualTo(Outbox.Posting.ACCEPTED);
        assertThat(wire.sent).isEmpty();

        outbox.flush();
        assertThat(wire.sent).containsExactly(number(1), number(2));
    }

    @Test
    void nodeThatReadsNothingFillsIt() {
        for (int message = 0; message < Outbox.MESSAGES; message++) {
            assertThat(outbox.post(number(message))).isEqualTo(Outbox.Posting.ACCEPTED);
        }

        assertThat(outbox.post(number(0))).isEqualTo(Outbox.Posting.FULL);
    }

    @Test
    void fewLargeMessagesFillItToo() {
        assertThat(outbox.post(large())).isEqualTo(Outbox.Posting.ACCEPTED);
        assertThat(outbox.post(large())).isEqualTo(Outbox.Posting.FULL);
    }

    @Test
    void lastMessageTakesThePlaceOfThoseThatWait() {
        assertThat(outbox.post(number(1))).isEqualTo(Outbox.Posting.ACCEPTED);

        outbox.complete(number(2));
        outbox.complete(number(3));

        assertThat(wire.sent).containsExactly(number(2));
        assertThat(wire.completed).isEqualTo(1);
        assertThat(outbox.post(number(4))).isEqualTo(Outbox.Posting.CLOSED);
    }

    private static ServerMessage number(long number) {
        return ServerMessage.newBuilder()
                .setHeartbeatAck(HeartbeatAck.newBuilder().setNumber(number))
                .build();
    }

    private static ServerMessage large() {
        var text = ByteString.copyFrom(new byte[(int) Outbox.BYTES - 100]);
        return ServerMessage.newBuilder()
                .setAssign(Assign.newBuilder().setParametersBytes(text))
                .build();
    }

    /// A connection that takes what it is given when it is told to be ready.
    private static final class Wire extends ServerCallStreamObserver<ServerMessage> {
        private final List<ServerMessage> sent = new ArrayList<>();
        private boolean ready;
        private int completed;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void onNext(ServerMessage message) {
            sent.add(message);
        }

        @Override
        public void onCompleted() {
            completed++;
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}
    }
}
