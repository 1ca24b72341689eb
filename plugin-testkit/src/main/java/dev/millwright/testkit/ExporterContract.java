package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.call.BoundExporter;
import dev.millwright.host.use.Point;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Exporter;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [Exporter] has to hold.
///
/// ```java
/// final class MyExporterContractIT extends ExporterContract {
///     @Override protected String kind() { return "mine"; }
///     @Override protected Map<String, Object> configuration() { return Map.of("url", sink.url()); }
///     @Override protected int received() { return sink.distinct(); }
///     @Override protected void receiver(boolean up) { sink.answer(up ? 200 : 503); }
/// }
/// ```
public abstract class ExporterContract extends SendingContract<Exporter<?>> {
    private static final int MANY_CALLS = 10_000;

    @Override
    protected final Point<Exporter<?>> point() {
        return Point.EXPORTER;
    }

    @Override
    final Sent send(PluginUnderTest plugin) throws InterruptedException {
        BoundExporter exporter = plugin.exporter(kind(), configuration());
        return whole(
                exporter,
                SampleRuns.export(
                        SampleRuns.finished(Outcome.FAILURE), Occasion.RUN_FINISHED, 100));
    }

    /// Export with all its parts, as the server does. Gives the last answer.
    protected static Sent whole(BoundExporter exporter, Export export) throws InterruptedException {
        Sent answer = exporter.export(export);
        for (int i = 0; answer instanceof Sent.Partly(String cursor); i++) {
            assertThat(i).as("calls for one export").isLessThan(MANY_CALLS);
            Export next =
                    new Export(
                            export.id(),
                            export.occasion(),
                            export.stepOrNull(),
                            export.run(),
                            export.logs(),
                            cursor,
                            0);
            answer = exporter.export(next);
        }
        return answer;
    }

    @Test
    void itWantsToBeToldOfSomething() throws InterruptedException {
        assertThat(loaded().exporter(kind(), configuration()).occasions()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void everyOutcomeCanBeExported(Outcome outcome) throws InterruptedException {
        assertThat(export(SampleRuns.finished(outcome), Occasion.RUN_FINISHED))
                .isEqualTo(Sent.DONE);
    }

    @ParameterizedTest
    @EnumSource(Occasion.class)
    void everyOccasionIsAnswered(Occasion occasion) throws InterruptedException {
        RunReport run =
                occasion == Occasion.RUN_FINISHED
                        ? SampleRuns.finished(Outcome.SUCCESS)
                        : SampleRuns.running();
        assertThat(export(run, occasion)).isEqualTo(Sent.DONE);
    }

    private Sent export(RunReport run, Occasion occasion) throws InterruptedException {
        return whole(
                loaded().exporter(kind(), configuration()), SampleRuns.export(run, occasion, 10));
    }
}
