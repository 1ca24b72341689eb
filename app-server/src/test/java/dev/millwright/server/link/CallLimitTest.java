package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallLimitTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final FakeCall call = new FakeCall();

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void callThatNobodyAnswersIsEndedAndALateAnswerDoesNoHarm() {
        var limited = new Taken();

        var _ =
                new CallLimit(timer, Duration.ofMillis(50))
                        .interceptCall(call, new Metadata(), (given, _) -> limited.take(given));

        assertThat(call.closed().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        limited.answer();
        assertThat(call.closings()).isEqualTo(1);
    }

    @Test
    void answeredCallIsLeftAlone() {
        var limited = new Taken();
        var _ =
                new CallLimit(timer, Duration.ofHours(1))
                        .interceptCall(call, new Metadata(), (given, _) -> limited.take(given));

        limited.answer();

        assertThat(call.closed().isOk()).isTrue();
        assertThat(timer.shutdownNow()).allMatch(left -> ((Future<?>) left).isCancelled());
    }

    /// Who answers calls, sooner or later.
    private static final class Taken {
        private ServerCall<String, String> call = new FakeCall();

        ServerCall.Listener<String> take(ServerCall<String, String> given) {
            call = given;
            return new ServerCall.Listener<>() {};
        }

        void answer() {
            call.close(Status.OK, new Metadata());
        }
    }
}
