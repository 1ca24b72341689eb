package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.call.BoundPoll;
import dev.millwright.host.use.Point;
import dev.millwright.plugin.poll.PollRequest;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.poll.PollingTrigger;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every [PollingTrigger] has to hold.
///
/// ```java
/// final class GitContractIT extends PollingContract {
///     @Override protected String kind() { return "git"; }
///     @Override protected Map<String, Object> configuration() { return Map.of(); }
///     @Override protected TriggeredPipeline pipeline() { return pipelineOf(repository); }
///     @Override protected void change() { repository.commit("another"); }
/// }
/// ```
public abstract class PollingContract extends ExtensionContract<PollingTrigger<?>> {
    /// The pipeline that the poll belongs to.
    protected abstract TriggeredPipeline pipeline();

    /// Let something happen that the poll has to find.
    protected abstract void change() throws Exception;

    /// Let the other side not answer any more, as if it were down.
    protected abstract void breakDown() throws Exception;

    @Override
    protected final Point<PollingTrigger<?>> point() {
        return Point.POLL;
    }

    /// The extension with its configuration.
    protected final BoundPoll poll() {
        return loaded().poll(kind(), configuration());
    }

    protected final PollResult look(String state) throws InterruptedException {
        return look(poll(), state);
    }

    private PollResult look(BoundPoll poll, String state) throws InterruptedException {
        return poll.poll(
                new PollRequest(
                        pipeline(), "contract", state, Instant.parse("2027-01-31T06:00:00Z")));
    }

    private PollResult.Looked looked(String state) throws InterruptedException {
        PollResult result = look(state);
        assertThat(result).isInstanceOf(PollResult.Looked.class);
        return (PollResult.Looked) result;
    }

    @Override
    protected void use(PluginUnderTest plugin) {
        try {
            var _ = look(plugin.poll(kind(), configuration()), "");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSecondLookFindsNothingWhereNothingHasChanged() throws Exception {
        PollResult.Looked first = looked("");
        assertThat(first.state()).isNotEmpty();
        PollResult.Looked second = looked(first.state());
        assertThat(second.findings()).isEmpty();
        assertThat(second.state()).isEqualTo(first.state());
    }

    @Test
    void aChangeIsFoundOnce() throws Exception {
        PollResult.Looked first = looked("");
        change();
        PollResult.Looked second = looked(first.state());
        assertThat(second.findings()).isNotEmpty();
        assertThat(looked(second.state()).findings()).isEmpty();
    }

    @Test
    void aLookThatWasNotStoredFindsTheSameAgainUnderTheSameKeys() throws Exception {
        PollResult.Looked first = looked("");
        change();
        assertThat(looked(first.state()).findings()).isEqualTo(looked(first.state()).findings());
    }

    @Test
    void aStateOfAnotherVersionIsNotTheEnd() throws Exception {
        assertThat(look("from another time")).isNotNull();
    }

    @Test
    void whenTheOtherSideIsDownTheLookFailsWithAReason() throws Exception {
        String state = looked("").state();
        breakDown();
        assertThat(look(state))
                .isInstanceOfSatisfying(
                        PollResult.Failed.class,
                        failed -> assertThat(failed.reason()).isNotBlank());
    }
}
