package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The same with Podman, whose socket speaks Docker's language with an accent.
final class PodmanIT extends RunnerFixture {
    @RegisterExtension static final OwnEngine OWN = new OwnEngine(EngineKind.PODMAN);

    @Override
    ContainerEngine engine() {
        return OWN.engine();
    }

    @Test
    @Tag("S48")
    void stepsRunWithoutPrivilegesAndTheirOutputAndCodesComeThrough() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                "pwd; echo err >&2; touch file; grep CapEff /proc/self/status; exit 7",
                                Map.of("memory", "64m", "readOnly", true)));
        assertThat(run(runner(), order)).isEqualTo(new Result.Exited(7));
        assertThat(order.outFile())
                .content()
                .isEqualToNormalizingWhitespace(order.workspace() + " CapEff: 0000000000000000");
        assertThat(order.errFile()).hasContent("err\n");
        assertThat(order.workspace().resolve("file")).exists();
    }

    @Test
    void aStopEndsThem() throws Exception {
        WorkOrder order = order(commands("trap '' TERM; sleep 1000"));
        Execution execution = start(runner(), order);
        execution.stop(Duration.ofSeconds(1));
        assertThat(execution.await()).isEqualTo(new Result.Exited(137));
    }

    @Test
    void theNextLifeFindsThemAndASweepRemovesTheRest() throws Exception {
        var runner = runner();
        WorkOrder wanted = order(commands("echo one; sleep 1000"));
        WorkOrder forgotten = order(commands("sleep 1000"));
        var _ = start(runner, wanted);
        var _ = start(runner, forgotten);
        runner.sweep(Set.of(wanted.attempt()));
        assertThat(left(forgotten)).isEmpty();
        Execution found = runner().attach(wanted, wanted.parameters()).orElseThrow();
        found.stop(Duration.ZERO);
        assertThat(found.await()).isNotEqualTo(new Result.Exited(0));
        assertThat(wanted.outFile()).hasContent("one\n");
    }

    @Test
    void servicesAreReachedByName() throws Exception {
        Map<String, Object> service =
                Map.of(
                        "name",
                        "web",
                        "image",
                        ContainerEngine.IMAGE,
                        "entrypoint",
                        List.of(
                                "sh",
                                "-c",
                                "mkdir /tmp/w; echo hello > /tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w"));
        WorkOrder order =
                order(
                        commands(
                                "for i in 1 2 3 4 5; do wget -q -O - http://web:8080/ && exit; sleep 1; done; exit 1",
                                Map.of("services", List.of(service))));
        assertThat(run(runner(), order)).isEqualTo(new Result.Exited(0));
        assertThat(order.outFile()).hasContent("hello\n");
    }

    @Test
    void whatCannotBeStartedIsTold() {
        assertThatThrownBy(() ->
                        start(
                                runner(),
                                order(step(Map.of("argv", List.of("mvn"), "pull", "never")))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("has no program 'mvn'");
    }
}
