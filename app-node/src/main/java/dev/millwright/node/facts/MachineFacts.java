package dev.millwright.node.facts;

import dev.millwright.node.BasicFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// All facts of a node: the [BasicFacts], more about the machine, versions of tools, and what the
/// administrator's own scripts print, which win. One thread; looking takes a second or more.
public final class MachineFacts {
    private static final Duration SCRIPT = Duration.ofSeconds(10);

    private final Machine machine;
    private final ToolVersions tools = new ToolVersions();
    private final FactScripts scripts;

    private MachineFacts(Machine machine, FactScripts scripts) {
        this.machine = machine;
        this.scripts = scripts;
    }

    /// Nothing is looked up yet.
    ///
    /// @param root the node's folder; scripts are the executables in `facts.d/` below it
    public static MachineFacts of(Path root) {
        return new MachineFacts(
                new Machine(root), new FactScripts(root.resolve("facts.d"), SCRIPT));
    }

    /// Look again.
    public Map<String, String> look() throws InterruptedException {
        Map<String, String> facts = new TreeMap<>(BasicFacts.ofThisMachine());
        facts.putAll(machine.look());
        facts.putAll(tools.look());
        facts.putAll(scripts.look());
        return facts;
    }
}
