package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Sent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What everything has to hold that sends to a receiver: exporters, notifiers, commit statuses.
///
/// @param <T> the extension point
public abstract class SendingContract<T extends Extension<?>> extends ExtensionContract<T> {
    /// How many things the receiver has got, a repeated one counted once.
    protected abstract int received();

    /// Let the receiver refuse everybody for a while, as if it were down; `true` ends that.
    protected abstract void receiver(boolean up) throws Exception;

    abstract Sent send(PluginUnderTest plugin) throws InterruptedException;

    @Override
    protected void use(PluginUnderTest plugin) {
        try {
            var _ = send(plugin);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsSentArrives() throws Exception {
        assertThat(send(loaded())).isEqualTo(Sent.DONE);
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void theSameAgainDoesNoHarm() throws Exception {
        assertThat(send(loaded())).isEqualTo(Sent.DONE);
        assertThat(send(loaded())).isEqualTo(Sent.DONE);
    }

    @Test
    @Tag("R54")
    void whileTheReceiverIsDownItIsTriedLaterAndThenArrives() throws Exception {
        receiver(false);
        assertThat(send(loaded()))
                .isInstanceOfSatisfying(
                        Sent.Later.class, later -> assertThat(later.reason()).isNotBlank());
        receiver(true);
        assertThat(send(loaded())).isEqualTo(Sent.DONE);
        assertThat(received()).isEqualTo(1);
    }
}
