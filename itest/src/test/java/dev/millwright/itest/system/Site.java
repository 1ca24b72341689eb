package dev.millwright.itest.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/// A server with the embedded database and agents on hosts of their own, all of them real
/// processes.
///
/// Each agent has the labels `at` with its name and `pool=agents`; no step comes to the server's
/// own node.
public final class Site implements AutoCloseable {
    private static final int SLOTS = 4;

    private final Path folder;
    private final Network network;
    private final Truth truth;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, AgentProcess> agents = new LinkedHashMap<>();
    private ServerProcess server;

    private Site(Path folder, Network network, Timers timers) throws IOException {
        this.folder = folder;
        this.network = network;
        this.truth = Truth.in(folder);
        settings.putAll(timers.server());
        settings.put("MILLWRIGHT_LINK_PORT", "10001");
        settings.put("MILLWRIGHT_LINK_BIND_ADDRESS", network.server());
        settings.put("MILLWRIGHT_LINK_ADDRESS", network.server());
        this.server = ServerProcess.start(folder, settings);
    }

    public static Site open(Path folder, String... names) throws IOException {
        return open(folder, Timers.NOW, List.of(), names);
    }

    /// @param options of each agent
    public static Site open(Path folder, Timers timers, List<String> options, String... names)
            throws IOException {
        Site site = new Site(folder, Network.create(names.length), timers);
        for (String name : names) {
            site.join(name, site.network.host(site.agents.size()), options);
        }
        site.heal();
        return site;
    }

    /// One more agent, for this test alone, on a host that it shares with the first.
    public AgentProcess joinLater(String name) throws IOException {
        join(name, network.host(0), List.of());
        awaitState(name, "online");
        return agents.remove(name);
    }

    private void join(String name, Network.Host host, List<String> more) throws IOException {
        List<String> options = new ArrayList<>(Timers.NOW.agent());
        options.addAll(
                List.of("--labels", "pool=agents,at=" + name, "--slots", Integer.toString(SLOTS)));
        options.addAll(more);
        Path own = Files.createDirectories(folder.resolve(name));
        agents.put(name, AgentProcess.join(name, host, own, server.joinLine(name), options));
    }

    public ServerProcess server() {
        return server;
    }

    public AgentProcess agent(String name) {
        return agents.get(name);
    }

    public List<AgentProcess> agents() {
        return List.copyOf(agents.values());
    }

    Truth truth() {
        return truth;
    }

    /// A file that is not there yet.
    public Path file() {
        return folder.resolve("file-" + UUID.randomUUID());
    }

    /// Start the server again, as it was.
    public void startServer() throws IOException {
        server = ServerProcess.start(folder, settings);
    }

    /// Bring everything back to where a test can begin.
    public void heal() throws IOException {
        for (AgentProcess agent : agents.values()) {
            agent.host().mend();
            Files.deleteIfExists(agent.crash());
            agent.start();
        }
        for (AgentProcess agent : agents.values()) {
            eventually().until(() -> !node(agent.name()).isMissingNode());
            resume(agent.name());
            awaitState(agent.name(), "online");
        }
    }

    public void drain(String node) throws IOException {
        server.send("POST", "/api/v1/nodes/" + node + "/drain", "", Map.of());
    }

    public void resume(String node) throws IOException {
        server.send("POST", "/api/v1/nodes/" + node + "/resume", "", Map.of());
    }

    public static ConditionFactory eventually() {
        return await().atMost(Timers.NOW.patience()).pollInterval(Duration.ofMillis(50));
    }

    /// Begin a run of these steps.
    public UUID begin(String steps) throws IOException {
        server.apply(truth.of(steps));
        UUID run = UUID.fromString(server.deliver("truth", UUID.randomUUID().toString()));
        // All runs have one pipeline: what has not begun would be what the next one makes of it
        eventually().until(() -> !server.get("/api/v1/runs/" + run).at("/run/id").isMissingNode());
        return run;
    }

    /// A step for that agent that tells the truth with its word, prints a line, waits for the file
    /// and prints another.
    ///
    /// @param more further fields of the step, such as `on-lost: retry`; may be empty
    public static String waiting(String at, String word, Path go, String more) {
        return """
        - name: %2$s
          needs: %1$s
          commands:
            - 'echo "$MILLWRIGHT_RUN_ID %2$s $MILLWRIGHT_NODE_NAME" >> "$TRUTH"; echo first line'
            - 'while [ ! -e "%3$s" ]; do sleep 0.05; done; echo last line'
        %4$s\
        """
                .formatted(at, word, go, more.indent(2));
    }

    /// A step that tells the truth with its word and ends.
    public static String telling(String at, String word) {
        return """
        - name: %2$s
          needs: %1$s
          commands: ['echo "$MILLWRIGHT_RUN_ID %2$s $MILLWRIGHT_NODE_NAME" >> "$TRUTH"']
        """
                .formatted(at, word);
    }

    /// What has been carried out of the run: words and nodes.
    public List<String> told(UUID run) {
        return truth.of(run);
    }

    /// Wait until something of the run has been carried out.
    public void awaitTold(UUID run, String line) {
        eventually().until(() -> told(run).contains(line));
    }

    public String awaitEnd(UUID run) {
        return server.awaitEnd(run.toString(), Timers.NOW.patience());
    }

    /// What the n-th step of the run has written to one stream.
    public String log(UUID run, int index, String stream) throws IOException {
        return log(run, "0/" + index, stream);
    }

    public String log(UUID run, String path, String stream) throws IOException {
        return server.log(run.toString(), path, "&stream=" + stream);
    }

    /// The n-th step of the run, as people see it.
    public JsonNode step(UUID run, int index) throws IOException {
        return server.get("/api/v1/runs/" + run + "/steps").at("/items/" + (index + 1));
    }

    /// The node as people see it; missing when there is none.
    public JsonNode node(String name) throws IOException {
        return server.node(name);
    }

    /// The names of all nodes, with the server's own.
    public List<String> nodes() throws IOException {
        JsonNode nodes = server.get("/api/v1/nodes").at("/items");
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(node -> node.at("/name").asString(""))
                .toList();
    }

    public void awaitState(String node, String state) {
        awaitNode(() -> node(node).at("/state").asString("gone").equals(state));
    }

    public void awaitNode(Callable<Boolean> condition) {
        eventually().ignoreExceptionsInstanceOf(IOException.class).until(condition);
    }

    /// The types of all events about nodes, of each with the node's name.
    public List<String> events() throws IOException {
        JsonNode events = server.get("/api/v1/events?type=node*&latest=true&limit=500");
        return StreamSupport.stream(events.at("/items").spliterator(), false)
                .map(event ->
                        event.at("/type").asString("") + " " + event.at("/data/node").asString(""))
                .toList();
    }

    @Override
    public void close() {
        agents.values().forEach(AgentProcess::close);
        server.close();
        network.close();
    }
}
