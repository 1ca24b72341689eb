package dev.millwright.server.link.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class UnderWayTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger last = new AtomicInteger();
    private final UnderWay underWay = new UnderWay(2, 100, asked::incrementAndGet, Runnable::run);

    @Test
    void nextMessageIsAskedForAtOnceWhileThereIsRoom() {
        assertThat(underWay.begin(10)).isTrue();
        underWay.next();

        assertThat(asked).hasValue(1);
    }

    @Test
    void tooManyMessagesHoldTheNextOneBackUntilOneIsDone() {
        assertThat(underWay.begin(10)).isTrue();
        assertThat(underWay.begin(10)).isTrue();
        underWay.next();
        assertThat(asked).hasValue(0);

        underWay.end(10);
        underWay.end(10);
        assertThat(asked).hasValue(1);
    }

    @Test
    void tooManyBytesHoldTheNextOneBackToo() {
        assertThat(underWay.begin(100)).isTrue();
        underWay.next();
        assertThat(asked).hasValue(0);

        underWay.end(100);
        assertThat(asked).hasValue(1);
    }

    @Test
    void lastThingIsDoneOnceAfterTheLastMessage() {
        assertThat(underWay.begin(10)).isTrue();
        underWay.close(last::incrementAndGet);
        underWay.close(last::incrementAndGet);
        assertThat(last).hasValue(0);

        underWay.end(10);
        assertThat(last).hasValue(1);
        assertThat(underWay.begin(1)).isFalse();
        underWay.next();
        assertThat(asked).hasValue(0);
    }
}
