package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FrameLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameLimit(now::get));

    FrameLimitTest() {
        receive(new byte[24]);
    }

    @AfterEach
    void close() {
        var _ = channel.finishAndReleaseAll();
    }

    private void receive(byte... bytes) {
        var _ = channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    /// @param length of its content, which consists of what would count if it were a head
    private static byte[] frame(int type, int flags, int length) {
        byte[] frame = new byte[9 + length];
        frame[1] = (byte) (length >> 8);
        frame[2] = (byte) length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        return frame;
    }

    private void receiveOften(int count, byte... frame) {
        for (int i = 0; i < count; i++) {
            receive(frame);
        }
    }

    @Test
    void oneFrameTooManyClosesTheConnectionAndGoesNoFurther() {
        receiveOften(LinkLimits.FRAMES, frame(4, 0, 0));
        assertThat(channel.isOpen()).isTrue();
        int passed = channel.inboundMessages().size();

        receive(frame(4, 0, 0));

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.inboundMessages()).hasSize(passed);
    }

    @Test
    void framesInPiecesCountOnce() {
        for (int i = 0; i < LinkLimits.FRAMES; i++) {
            for (byte one : frame(8, 0, 4)) {
                receive(one);
            }
        }
        assertThat(channel.isOpen()).isTrue();

        receive(frame(8, 0, 4));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void dataAndSignsOfLifeAreFree() {
        receiveOften(3 * LinkLimits.FRAMES, frame(0, 0, 300));
        receiveOften(3 * LinkLimits.FRAMES, frame(6, 0, 8));

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void emptyDataAndAnswersThatNobodyAskedForAreNot() {
        receiveOften(LinkLimits.FRAMES / 2, frame(0, 0, 0));
        receiveOften(LinkLimits.FRAMES / 2 + 1, frame(6, 1, 8));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theCountBeginsAnewAfterAWhile() {
        receiveOften(LinkLimits.FRAMES, frame(4, 0, 0));
        now.addAndGet((LinkLimits.FRAME_SECONDS + 1) * SECOND);

        receiveOften(LinkLimits.FRAMES, frame(4, 0, 0));

        assertThat(channel.isOpen()).isTrue();
    }
}
