package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.use.Point;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notifier;
import dev.millwright.plugin.report.RunReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [Notifier] has to hold.
///
/// ```java
/// final class MailContractIT extends NotifierContract {
///     @Override protected String kind() { return "mail"; }
///     @Override protected Map<String, Object> configuration() { return Map.of("to", "a@b.org"); }
///     @Override protected int received() { return server.messages(); }
///     @Override protected void receiver(boolean up) { server.listen(up); }
/// }
/// ```
public abstract class NotifierContract extends SendingContract<Notifier<?>> {
    @Override
    protected final Point<Notifier<?>> point() {
        return Point.NOTIFIER;
    }

    @Override
    final Sent send(PluginUnderTest plugin) throws InterruptedException {
        return plugin.notifier(kind(), configuration())
                .send(
                        SampleRuns.notification(
                                SampleRuns.finished(Outcome.FAILURE), Notification.Change.BROKEN));
    }

    @ParameterizedTest
    @EnumSource(Notification.Change.class)
    void everyChangeCanBeTold(Notification.Change change) throws InterruptedException {
        RunReport run =
                switch (change) {
                    case STARTED, WAITING -> SampleRuns.running();
                    case SUCCEEDED, FIXED -> SampleRuns.finished(Outcome.SUCCESS);
                    case BROKEN, STILL_BROKEN -> SampleRuns.finished(Outcome.FAILURE);
                    case CANCELLED -> SampleRuns.finished(Outcome.CANCELLATION);
                };
        assertThat(
                        loaded().notifier(kind(), configuration())
                                .send(SampleRuns.notification(run, change)))
                .isEqualTo(Sent.DONE);
    }
}
