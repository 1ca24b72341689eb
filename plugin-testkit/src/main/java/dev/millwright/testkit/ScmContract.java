package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.call.BoundScm;
import dev.millwright.host.use.Point;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.plugin.scm.ScmProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [ScmProvider] has to hold.
///
/// ```java
/// final class ForgeContractIT extends ScmContract {
///     @Override protected String kind() { return "forge"; }
///     @Override protected Map<String, Object> configuration() { return Map.of("api", stub.url()); }
///     @Override protected String repository() { return "https://forge.example.org/team/web.git"; }
/// }
/// ```
public abstract class ScmContract extends SendingContract<ScmProvider<?>> {
    /// A repository that lives there, as a pipeline names it.
    protected abstract String repository();

    @Override
    protected final Point<ScmProvider<?>> point() {
        return Point.SCM;
    }

    private static CommitStatus status(String repository, CommitStatus.State state) {
        CommitStatus sample = SampleRuns.status(SampleRuns.finished(Outcome.FAILURE), state);
        return new CommitStatus(
                sample.run(),
                repository,
                sample.commit(),
                state,
                sample.context(),
                sample.description(),
                sample.url(),
                0);
    }

    @Override
    final Sent send(PluginUnderTest plugin) throws InterruptedException {
        return plugin.scm(kind(), configuration())
                .setStatus(status(repository(), CommitStatus.State.FAILURE));
    }

    @ParameterizedTest
    @EnumSource(CommitStatus.State.class)
    void everyStateCanBeShown(CommitStatus.State state) throws InterruptedException {
        BoundScm scm = loaded().scm(kind(), configuration());
        assertThat(scm.setStatus(status(repository(), state))).isEqualTo(Sent.DONE);
    }

    @Test
    void itKnowsItsOwnRepositoriesAndNoOthers() throws InterruptedException {
        BoundScm scm = loaded().scm(kind(), configuration());
        assertThat(scm.handles(repository())).isTrue();
        assertThat(scm.handles("https://elsewhere.invalid/a/b.git")).isFalse();
        assertThat(scm.handles("no address at all")).isFalse();
    }
}
