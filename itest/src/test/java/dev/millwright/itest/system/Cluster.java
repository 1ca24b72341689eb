package dev.millwright.itest.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.PostgresServer;
import dev.millwright.testkit.Ports;
import java.io.IOException;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Several servers on one PostgreSQL and agents that know all of them, each in a process of its
/// own. Servers keep the port of their link over restarts.
public final class Cluster implements AutoCloseable {
    /// How long a node is silent before it is unreachable.
    public static final Duration UNREACHABLE = Duration.ofSeconds(6);

    /// How many agents are started together: each takes seconds of a processor.
    private static final int AT_ONCE = 4;

    private final Path folder;
    private final Map<String, String> shared;
    private final List<Integer> linkPorts = new ArrayList<>();
    private final List<ServerProcess> servers = new CopyOnWriteArrayList<>();
    private final List<AgentProcess> agents = new ArrayList<>();
    private final Set<Long> frozen = ConcurrentHashMap.newKeySet();

    private Cluster(Path folder, Map<String, String> shared) {
        this.folder = folder;
        this.shared = shared;
    }

    /// Start everything, and wait until each agent is connected: the first one to the first server,
    /// and so on in turn.
    ///
    /// @param slots of each agent
    public static Cluster start(
            Path folder, PostgresServer postgres, int servers, int agents, int slots)
            throws IOException {
        Map<String, String> shared = new HashMap<>(shared(folder, postgres));
        shared.put("MILLWRIGHT_NODES_HEARTBEAT", "1s");
        shared.put("MILLWRIGHT_NODES_SUSPECT_AFTER", "3s");
        shared.put("MILLWRIGHT_NODES_UNREACHABLE_AFTER", UNREACHABLE.toSeconds() + "s");
        shared.put("MILLWRIGHT_QUEUE_SWEEP", "3s");
        Cluster cluster = new Cluster(folder, shared);
        try {
            cluster.startAll(servers, agents, slots);
            return cluster;
        } catch (IOException | RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    private void startAll(int howManyServers, int howManyAgents, int slots) throws IOException {
        for (int i = 0; i < howManyServers; i++) {
            linkPorts.add(Ports.free());
            servers.add(launch(i));
        }
        for (int i = 0; i < howManyAgents; i++) {
            agents.add(join("a" + i, i % howManyServers, slots));
            if (agents.size() % AT_ONCE == 0) {
                awaitConnected();
            }
        }
        awaitConnected();
    }

    /// What makes servers one cluster: an empty database, and a key that nobody else has.
    ///
    /// @param folder gets the file with the key
    public static Map<String, String> shared(Path folder, PostgresServer postgres)
            throws IOException {
        Path key = Files.createDirectories(folder).resolve("cluster.key");
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Files.writeString(key, Base64.getEncoder().encodeToString(random));
        Map<String, String> shared = new HashMap<>(ServerProcess.on(postgres));
        shared.put("MILLWRIGHT_CLUSTER_KEY", "${file:" + key + "}");
        return shared;
    }

    private ServerProcess launch(int number) throws IOException {
        Map<String, String> environment = new HashMap<>(shared);
        environment.put("MILLWRIGHT_NODE_NAME", "local-" + number);
        environment.put("MILLWRIGHT_LINK_PORT", linkPorts.get(number).toString());
        Path home = Files.createDirectories(folder.resolve("server-" + number));
        return ServerProcess.start(home, environment);
    }

    private AgentProcess join(String name, int server, int slots) throws IOException {
        return AgentProcess.joinAt(
                name,
                Network.Host.MACHINE,
                Files.createDirectories(folder.resolve("agents").resolve(name)),
                server(server).joinLine(name),
                List.of(
                        "--slots=" + slots,
                        "--min-free=1",
                        "--min-free-percent=0",
                        "--silence=5s",
                        "--longest-pause=2s"));
    }

    public ServerProcess server(int number) {
        return servers.get(number);
    }

    public List<ServerProcess> servers() {
        return List.copyOf(servers);
    }

    public AgentProcess agent(int number) {
        return agents.get(number);
    }

    public List<AgentProcess> agents() {
        return List.copyOf(agents);
    }

    /// Any server that is there and does not stand still.
    public ServerProcess anyServer() {
        return servers.stream()
                .filter(server -> server.isAlive() && !frozen.contains(server.pid()))
                .findFirst()
                .orElseThrow();
    }

    /// Make a server stand still, as a long pause of its machine does.
    public void freeze(int server) throws IOException {
        frozen.add(server(server).pid());
        signal(server(server).pid(), "STOP");
    }

    public void thaw(int server) throws IOException {
        signal(server(server).pid(), "CONT");
        frozen.remove(server(server).pid());
    }

    /// The server that the agent is or was connected to; -1 for none.
    public int serverOf(AgentProcess agent) {
        return linkPorts.indexOf(agent.lastPort());
    }

    /// Start a server again that has ended.
    public void restart(int server) throws IOException {
        servers.set(server, launch(server));
    }

    /// Start again whatever has died or stands still, and wait until everybody is there.
    public void heal() throws IOException {
        for (int i = 0; i < servers.size(); i++) {
            if (frozen.contains(servers.get(i).pid())) {
                thaw(i);
            }
            if (!servers.get(i).isAlive()) {
                restart(i);
            }
        }
        for (AgentProcess agent : agents) {
            if (!agent.isAlive()) {
                agent.start();
            }
        }
        awaitConnected();
    }

    /// Let the agents connect to the servers in turn, as they did at first.
    public void spread() throws IOException {
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
                    for (AgentProcess agent : agents) {
                        assertThat(serverOf(agent)).isNotNegative();
                        assertThat(server(serverOf(agent)).isAlive()).isTrue();
                        assertThat(anyServer().node(agent.name()).at("/state").asString(""))
                                .isEqualTo("online");
                    }
                });
    }

    /// The status word of a run; empty when no server can tell at the moment.
    String status(String run) {
        try {
            return anyServer().status(run);
        } catch (IOException away) {
            return "";
        }
    }

    /// The status word of a run once it has ended, whoever tells.
    public String awaitEnd(String run, Duration atMost) {
        return await().atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> status(run), ServerProcess::isEnd);
    }

    /// A server that the agent is not connected to.
    public int elsewhere(AgentProcess agent) {
        return (serverOf(agent) + 1) % servers.size();
    }

    /// Whether a process of the run's step is there: it holds its working directory.
    public static boolean isRunning(String run) {
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
    public static void decide(ServerProcess server, AgentProcess agent, String what)
            throws IOException {
        String path = "/api/v1/nodes/%s/%s".formatted(agent.name(), what);
        assertThat(server.send("POST", path, "", Map.of()).statusCode()).isEqualTo(200);
    }

    /// What a server says that each node says to the steps of a run, as `NODE REASON`.
    public static List<String> reasons(ServerProcess server, String run) throws IOException {
        JsonNode steps = server.get("/api/v1/runs/" + run + "/explain").at("/steps");
        return StreamSupport.stream(steps.spliterator(), false)
                .flatMap(step -> StreamSupport.stream(step.at("/nodes").spliterator(), false))
                .map(node -> node.at("/node").asString("") + " " + node.at("/reason").asString(""))
                .toList();
    }

    /// Whether the server with that node is given up.
    public boolean isLost(String node) throws IOException {
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
        agents.forEach(AgentProcess::close);
        servers.forEach(ServerProcess::close);
    }
}
