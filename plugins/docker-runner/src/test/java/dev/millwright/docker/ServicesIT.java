package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.call.HostedRunner;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Containers beside a step.
final class ServicesIT extends RunnerFixture {
    private static final String SERVER =
            "sleep 2; mkdir -p /tmp/www; echo $WORD > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www";
    private static final String HEALTH = "wget -q -O /dev/null http://127.0.0.1:8080/";

    private static Map<String, Object> service(String name, String script, String health) {
        return Map.of(
                "name",
                name,
                "image",
                ContainerEngine.IMAGE,
                "environment",
                Map.of("WORD", "hello from " + name),
                "entrypoint",
                List.of("sh", "-c", script),
                "health",
                health,
                "patience",
                "20s");
    }

    @Test
    void aStepReachesItsServicesByNameOnceTheyAreHealthy() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                "wget -q -O - http://web:8080/; wget -q -O - http://other:8080/",
                                Map.of(
                                        "services",
                                        List.of(
                                                service("web", SERVER, HEALTH),
                                                service("other", SERVER, HEALTH)))));
        assertThat(run(runner(), order)).isEqualTo(new Result.Exited(0));
        assertThat(order.outFile()).hasContent("hello from web\nhello from other\n");
        assertThat(left(order)).isEmpty();
    }

    @Test
    void aServiceIsGivenSecretsOfStoresAsAStepIs() throws Exception {
        Map<String, Object> database = new HashMap<>(service("db", SERVER, HEALTH));
        database.put("environment", Map.of("WORD", Map.of("from_secret", "nexus/db#word")));
        var runner =
                ((HostedRunner) runner())
                        .knowing(Map.of("${secret:nexus/db#word}", Secret.of("tr0ub4dor")));
        WorkOrder order =
                order(
                        commands(
                                "wget -q -O - http://db:8080/",
                                Map.of("services", List.of(database))));

        assertThat(run(runner, order)).isEqualTo(new Result.Exited(0));
        assertThat(order.outFile()).hasContent("tr0ub4dor\n");
    }

    @Test
    void twoStepsMayHaveServicesOfTheSameName() throws Exception {
        var runner = runner();
        var step =
                commands(
                        "nslookup db | tail -n +3 | grep -c Address",
                        Map.of("services", List.of(service("db", "sleep 100", "true"))));
        WorkOrder one = order(step);
        WorkOrder two = order(step);
        var first = start(runner, one);
        var second = start(runner, two);
        assertThat(first.await()).isEqualTo(new Result.Exited(0));
        assertThat(second.await()).isEqualTo(new Result.Exited(0));
        assertThat(one.outFile()).hasContent("1\n");
        assertThat(two.outFile()).hasContent("1\n");
    }

    @Test
    void aServiceThatEndsIsToldWithItsOutputAndNothingIsLeft() {
        WorkOrder order =
                order(
                        commands(
                                "true",
                                Map.of(
                                        "services",
                                        List.of(
                                                service(
                                                        "db",
                                                        "echo no such disk; exit 3",
                                                        "true")))));
        assertThatThrownBy(() -> start(runner(), order))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("service 'db' (millwright-test:1) ended with exit code 3")
                .hasMessageContaining("no such disk");
        assertThat(left(order)).isEmpty();
    }

    @Test
    void aStopWhileTheyAreWaitedForLeavesNothing() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                "true",
                                Map.of("services", List.of(service("db", "sleep 100", "false")))));
        var runner = runner();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread starting =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                var _ = start(runner, order);
                                var _ = interrupted.complete(false);
                            } catch (InterruptedException stopped) {
                                var _ = interrupted.complete(true);
                            }
                        });
        await().atMost(Duration.ofSeconds(60)).until(() -> left(order).size() == 2);
        starting.interrupt();
        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> left(order).isEmpty());
    }

    @Test
    void servicesWithoutAnImageBesideThemAreToldApart() {
        assertThatThrownBy(() ->
                        start(
                                runner(),
                                order(
                                        Map.of(
                                                "services",
                                                List.of(service("db", "sleep 1", "true"))))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("not yet beside a group");
    }

    @Test
    void aServiceThatIsNeverHealthyIsTold() {
        Map<String, Object> slow = new java.util.HashMap<>(service("db", "sleep 100", "false"));
        slow.put("patience", "2s");
        WorkOrder order = order(commands("true", Map.of("services", List.of(slow))));
        assertThatThrownBy(() -> start(runner(), order))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining(
                        "service 'db' (millwright-test:1) was not healthy within 2 s");
        assertThat(left(order)).isEmpty();
    }
}
