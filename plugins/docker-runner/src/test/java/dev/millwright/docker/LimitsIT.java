package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a step may not do, and who may allow it.
final class LimitsIT extends RunnerFixture {
    private static final String PINNED = "a@sha256:" + "0a".repeat(32);
    private static final List<String> SLEEP = List.of("sleep", "100");

    /// What the engine knows of a container; nothing of it but the dropped capabilities is usual.
    private static final String HARDENED =
            "{{with .HostConfig}}{{.Privileged}} {{.CapDrop}} {{.SecurityOpt}} {{json .Devices}}"
                    + " {{json .PidMode}} {{json .UsernsMode}} {{json .Binds}}"
                    + " {{json .DeviceRequests}}{{end}}";

    @Test
    @Tag("S48")
    void aStepHasNoPrivileges() throws Exception {
        assertThat(
                        output(
                                runner(),
                                commands(
                                        "grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status")))
                .isEqualToNormalizingWhitespace(
                        "CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 Seccomp: 2");
        assertThat(
                        output(
                                runner(),
                                commands(
                                        "touch /etc/x 2>&1 || true; touch /tmp/y && echo wrote",
                                        Map.of("readOnly", true))))
                .isEqualTo("touch: /etc/x: Read-only file system\nwrote\n");
    }

    @Test
    void aStepThatTakesTooMuchMemoryIsToldApart() throws Exception {
        WorkOrder order = order(commands("head -c 200m /dev/zero | tail", Map.of("memory", "32m")));
        assertThat(run(runner(), order))
                .isInstanceOfSatisfying(
                        Result.Broken.class,
                        broken -> assertThat(broken.cause()).isEqualTo("out-of-memory"));
    }

    @Test
    void limitsAreThoseOfTheStepOrTheNode() throws Exception {
        String limits = "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}";
        WorkOrder asked =
                order(commands("sleep 100", Map.of("memory", "64m", "cpus", 0.5, "pids", 20)));
        WorkOrder usual = order(commands("sleep 100"));
        var runner = runner("memory: 128m", "cpus: 1", "pids: 50");
        for (WorkOrder order : List.of(asked, usual)) {
            var execution = start(runner, order);
            assertThat(engine().docker("inspect", "-f", limits, "millwright-" + order.attempt()))
                    .isEqualTo(
                            order == asked ? "67108864 500000000 20" : "134217728 1000000000 50");
            execution.stop(java.time.Duration.ZERO);
            assertThat(execution.await()).isNotEqualTo(new Result.Exited(0));
        }
    }

    @Test
    void tooManyProcessesAreRefusedByTheKernel() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                "for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done; wait",
                                Map.of("pids", 5)));
        assertThat(run(runner(), order)).isNotEqualTo(new Result.Exited(0));
        assertThat(Files.readString(order.errFile())).contains("can't fork");
    }

    @ParameterizedTest
    @Tag("S48")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "privileged | true | 'privileged' is not allowed on this node; its administrator allows it with 'privileged: true'",
                "user | root | 'user' is not allowed on this node; its administrator allows it with 'otherUsers: true'",
                "capabilities | SYS_ADMIN | capability 'SYS_ADMIN' is not allowed",
                "capabilities | ALL | capability 'ALL' is not allowed",
                "network | host | network 'host' is not allowed",
                "network | container:other | network 'container:other' is not allowed",
                "volumes | /:/h | mounting '/' is not allowed",
                "volumes | /etc/../:/h | mounting '/etc/../' is not allowed",
                "volumes | /var/run/docker.sock:/s | '/var/run/docker.sock' is not",
                "volumes | /proc/self/cwd/../..:/h | mounting '/proc/self/cwd/../..' is not allowed",
                "volumes | cache:/h | volume 'cache' is not allowed",
                "volumes | ./x:/h | volume './x' is not on this node",
                "memory | 2g | 'memory' is 2147483648 and may be 1073741824 at most",
                "pids | 5000 | 'pids' is 5000 and may be 4096 at most",
                "pid | host | unknown key 'pid'",
                "securityOpt | seccomp=unconfined | unknown key 'securityOpt'",
                "devices | /dev/kvm | unknown key 'devices'",
                "userns | host | unknown key 'userns'",
                "workdir | /proc/self/fd/7 | unknown key 'workdir'",
                "image | other:1 | ",
            })
    void whatIsNotAllowedIsRefusedBeforeTheEngineIsAsked(String key, String value, String message) {
        assertRefused(
                "memory: 1g",
                commands("true", Map.of(key, value)),
                message == null ? "no container engine answers" : message);
    }

    private void assertRefused(String setting, Map<String, Object> step, String message) {
        // An engine that is not there cannot have been asked
        var plugin =
                dev.millwright.testkit.PluginUnderTest.builder(
                                dev.millwright.testkit.BuiltPlugin.find())
                        .settings("docker-runner", "host: unix:///nowhere.sock\n" + setting)
                        .load();
        try (plugin) {
            WorkOrder order = order(step);
            assertThatThrownBy(() -> start(plugin.runner("container"), order))
                    .isInstanceOf(RunnerException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    @Tag("S48")
    void aLinkDoesNotLeadOutOfWhatIsAllowed() throws Exception {
        Path allowed = Files.createDirectories(folder.resolve("allowed"));
        Files.createDirectories(allowed.resolve("cache"));
        Files.createSymbolicLink(allowed.resolve("link"), Path.of("/etc"));
        var runner = runner("volumes: [%s]".formatted(allowed));
        assertThatThrownBy(() ->
                        start(
                                runner,
                                order(commands("true", Map.of("volumes", allowed + "/link:/x")))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("is not allowed");
        assertThat(
                        output(
                                runner,
                                commands(
                                        "echo kept > /x/file; cat /x/file",
                                        Map.of("volumes", allowed + "/cache:/x"))))
                .isEqualTo("kept\n");
        assertThat(allowed.resolve("cache/file")).hasContent("kept\n");
        WorkOrder readOnly =
                order(commands("echo no > /x/file", Map.of("volumes", allowed + "/cache:/x:ro")));
        assertThat(run(runner, readOnly)).isEqualTo(new Result.Exited(1));
    }

    @Test
    void whatTheAdministratorAllowsIsDone() throws Exception {
        var runner =
                runner("capabilities: [CHOWN]", "networks: [host]", "volumes: [millwright-cache]");
        assertThat(
                        output(
                                runner,
                                commands(
                                        "grep CapEff /proc/self/status",
                                        Map.of("capabilities", "cap_chown"))))
                .endsWith("0000000000000001\n");
        assertThat(output(runner, commands("ls /sys/class/net", Map.of("network", "host"))))
                .isNotEqualTo("lo\n");
        var volume = Map.<String, Object>of("volumes", "millwright-cache:/c");
        assertThat(output(runner, commands("touch /c/kept", volume))).isEmpty();
        assertThat(output(runner, commands("ls /c", volume))).isEqualTo("kept\n");
        var _ = engine().docker("volume", "rm", "millwright-cache");
    }

    /// A machine that lacks a capability itself has no privileged containers; its engine says so.
    @Test
    void aPrivilegedStepIsLeftToTheEngineWhereTheAdministratorAllowsIt() throws Exception {
        WorkOrder order =
                order(commands("grep CapEff /proc/self/status", Map.of("privileged", true)));
        try {
            assertThat(run(runner("privileged: true"), order)).isEqualTo(new Result.Exited(0));
            assertThat(Files.readString(order.outFile())).doesNotContain("0000000000000000");
        } catch (RunnerException refused) {
            assertThat(refused).hasMessageContaining("unable to apply caps");
        }
    }

    @ParameterizedTest
    @Tag("S48")
    @ValueSource(strings = {"a", "a:latest", "a@sha256:", "a:1@sha256:0123", "a@sha256:x/b:latest"})
    void imagesHaveToBePinnedWhereTheAdministratorSaysSo(String image) {
        var service = List.of(Map.of("name", "db", "image", image));
        for (Map<String, Object> asked :
                List.of(
                        Map.<String, Object>of("image", image),
                        Map.<String, Object>of("image", PINNED, "services", service))) {
            assertRefused(
                    "pinned: true",
                    commands("true", asked),
                    "image '%s' is not named by its digest".formatted(image));
        }
        assertRefused(
                "pinned: true",
                commands("true", Map.of("image", PINNED)),
                "no container engine answers");
    }

    @Test
    @Tag("S48")
    void aServiceCannotAskForMoreThanItsStep() {
        for (String key : List.of("privileged", "volumes", "capabilities", "network", "user")) {
            assertRefused(
                    "memory: 1g",
                    commands(
                            "true",
                            Map.of(
                                    "services",
                                    List.of(Map.of("name", "db", "image", "a", key, "true")))),
                    "unknown key '%s'".formatted(key));
        }
    }

    @Test
    @Tag("S48")
    void theEngineIsToldToHoldAStepAndItsServicesBack() throws Exception {
        Map<String, Object> service =
                Map.of("name", "db", "image", ContainerEngine.IMAGE, "command", SLEEP);
        WorkOrder order = order(commands("sleep 100", Map.of("services", List.of(service))));
        var execution = start(runner(), order);
        String name = "millwright-" + order.attempt();
        try {
            for (String container : List.of(name, name + "-db")) {
                // Engines write nothing as null or as an empty list
                assertThat(
                                engine().docker("inspect", "-f", HARDENED, container)
                                        .replace("[]", "null"))
                        .as(container)
                        .isEqualTo("false [ALL] [no-new-privileges] null \"\" \"\" null null");
            }
            assertThat(engine().docker("inspect", "-f", "{{json .HostConfig.CapAdd}}", name))
                    .isIn("null", "[]");
        } finally {
            execution.stop(java.time.Duration.ZERO);
            assertThat(execution.await()).isNotEqualTo(new Result.Exited(0));
        }
    }
}
