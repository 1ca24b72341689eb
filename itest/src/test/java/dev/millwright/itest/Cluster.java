package dev.millwright.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Several servers on one PostgreSQL and agents that know all of them, each in a process of its
/// own. Servers keep the port of their link over restarts.
final class Cluster implements AutoCloseable {
    private static final List<String> ENDED =
            List.of("success", "failure", "error", "timeout", "cancelled");

    private final Path folder;
    private final Map<String, String> shared;
    private final List<Integer> linkPorts = new ArrayList<>();
    private final List<ServerProcess> servers = new ArrayList<>();
    private final List<ClusterAgent> agents = new ArrayList<>();
    private final Set<Long> frozen = ConcurrentHashMap.newKeySet();

    private Cluster(Path folder, Map<String, String> shared) {
        this.folder = folder;
        this.shared = shared;
    }

    /// Start everything, and wait until each agent is connected: the first one to the first server,
    /// and so on in turn.
    ///
    /// @param slots of each agent
    static Cluster start(Path folder, PostgresServer postgres, int servers, int agents, int slots)
            throws IOException {
        Map<String, String> shared = new HashMap<>(ServerProcess.on(postgres));
        Path key = Files.createDirectories(folder).resolve("cluster.key");
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Files.writeString(key, Base64.getEncoder().encodeToString(random));
        shared.put("MILLWRIGHT_CLUSTER_KEY", "${file:" + key + "}");
        shared.put("MILLWRIGHT_NODES_HEARTBEAT", "1s");
        shared.put("MILLWRIGHT_QUEUE_SWEEP", "3s");
        Cluster cluster = new Cluster(folder, shared);
        for (int i = 0; i < servers; i++) {
            cluster.linkPorts.add(freePort());
            cluster.servers.add(cluster.launch(i));
        }
        for (int i = 0; i < agents; i++) {
            cluster.agents.add(cluster.join("a" + i, i % servers, slots));
        }
        cluster.awaitConnected();
        return cluster;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private ServerProcess launch(int number) throws IOException {
        Map<String, String> environment = new HashMap<>(shared);
        environment.put("MILLWRIGHT_NODE_NAME", "local-" + number);
        environment.put("MILLWRIGHT_LINK_PORT", linkPorts.get(number).toString());
        Path home = Files.createDirectories(folder.resolve("server-" + number));
        return ServerProcess.start(home, environment);
    }

    private ClusterAgent join(String name, int server, int slots) throws IOException {
        String token =
                server(server)
                        .send(
                                "POST",
                                "/api/v1/nodes/tokens",
                                "{\"name\": \"%s\"}".formatted(name),
                                Map.of("Content-Type", "application/json"))
                        .body();
        String line = new JsonMapper().readTree(token).at("/command").asString(token);
        return ClusterAgent.join(folder.resolve("agents"), name, line, slots);
    }

    ServerProcess server(int number) {
        return servers.get(number);
    }

    List<ServerProcess> servers() {
        return List.copyOf(servers);
    }

    ClusterAgent agent(int number) {
        return agents.get(number);
    }

    List<ClusterAgent> agents() {
        return List.copyOf(agents);
    }

    /// Any server that is there and does not stand still.
    ServerProcess anyServer() {
        return servers.stream()
                .filter(server -> server.isAlive() && !frozen.contains(server.pid()))
                .findFirst()
                .orElseThrow();
    }

    /// Make a server stand still, as a long pause of its machine does.
    void freeze(int server) throws IOException {
        frozen.add(server(server).pid());
        signal(server(server).pid(), "STOP");
    }

    void thaw(int server) throws IOException {
        signal(server(server).pid(), "CONT");
        frozen.remove(server(server).pid());
    }

    /// The server that the agent is or was connected to; -1 for none.
    int serverOf(ClusterAgent agent) {
        return linkPorts.indexOf(agent.lastPort());
    }

    /// Start a server again that was killed.
    void restart(int server) throws IOException {
        servers.set(server, launch(server));
    }

    /// Start again whatever has died, and wait until everybody is there.
    void heal() throws IOException {
        for (int i = 0; i < servers.size(); i++) {
            if (!servers.get(i).isAlive()) {
                restart(i);
            }
        }
        for (ClusterAgent agent : agents) {
            if (!agent.isAlive()) {
                agent.restart();
            }
        }
        awaitConnected();
    }

    /// Let the agents connect to the servers in turn, as they did at first.
    void spread() throws IOException {
        for (int i = 0; i < agents.size(); i++) {
            if (serverOf(agents.get(i)) != i % servers.size()) {
                agents.get(i).restartAt(linkPorts.get(i % servers.size()));
            }
        }
        awaitConnected();
    }

    private void awaitConnected() {
        await().atMost(Duration.ofSeconds(40))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    for (ClusterAgent agent : agents) {
                        assertThat(serverOf(agent)).isNotNegative();
                        assertThat(server(serverOf(agent)).isAlive()).isTrue();
                        assertThat(state(agent.name())).isEqualTo("online");
                    }
                });
    }

    /// What a server says about a node, such as `online`.
    String state(String node) throws IOException {
        JsonNode nodes = anyServer().get("/api/v1/nodes").at("/items");
        return StreamSupport.stream(nodes.spliterator(), false)
                .filter(one -> one.at("/name").asString("").equals(node))
                .map(one -> one.at("/state").asString(""))
                .findFirst()
                .orElse("unknown");
    }

    /// The status word of a run; empty when no server can tell at the moment.
    String status(String run) {
        try {
            return anyServer().get("/api/v1/runs/" + run).at("/run/status").asString("");
        } catch (IOException away) {
            return "";
        }
    }

    /// The status word of a run once it has ended, whoever tells.
    String awaitEnd(String run, Duration atMost) {
        return await().atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> status(run), ENDED::contains);
    }

    /// A server that the agent is not connected to.
    int elsewhere(ClusterAgent agent) {
        return (serverOf(agent) + 1) % servers.size();
    }

    /// Whether a process of the run's step is there: it holds its working directory.
    static boolean isRunning(String run) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .anyMatch(pid -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))
                                .toString()
                                .contains(run);
                    } catch (IOException | SecurityException gone) {
                        return false;
                    }
                });
    }

    /// Let a server drain or resume an agent.
    static void decide(ServerProcess server, ClusterAgent agent, String what) throws IOException {
        String path = "/api/v1/nodes/%s/%s".formatted(agent.name(), what);
        assertThat(server.send("POST", path, "", Map.of()).statusCode()).isEqualTo(200);
    }

    /// What a server says that each node says to the steps of a run, as `NODE REASON`.
    static List<String> reasons(ServerProcess server, String run) throws IOException {
        JsonNode steps = server.get("/api/v1/runs/" + run + "/explain").at("/steps");
        return StreamSupport.stream(steps.spliterator(), false)
                .flatMap(step -> StreamSupport.stream(step.at("/nodes").spliterator(), false))
                .map(node -> node.at("/node").asString("") + " " + node.at("/reason").asString(""))
                .toList();
    }

    /// Whether the server with that node is given up.
    boolean isLost(String node) throws IOException {
        JsonNode servers = anyServer().get("/api/v1/servers").at("/items");
        return StreamSupport.stream(servers.spliterator(), false)
                .filter(server -> server.at("/node").asString("").equals(node))
                .anyMatch(server -> server.at("/state").asString("").equals("lost"));
    }

    private static void signal(long pid, String name) throws IOException {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("kill -%s %d".formatted(name, pid));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    @Override
    public void close() {
        agents.forEach(ClusterAgent::close);
        servers.forEach(ServerProcess::close);
    }
}
