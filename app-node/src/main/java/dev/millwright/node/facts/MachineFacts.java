package dev.millwright.node.facts;

import dev.millwright.node.BasicFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// All facts of a node: the [BasicFacts], more about the machine, versions of tools, and what the
/// administrator's own scripts print, which win. One thread; looking takes a second or more. What
/// was found is known again after a restart.
public final class MachineFacts {
    private static final Duration SCRIPT = Duration.ofSeconds(10);

    private final Machine machine;
    private final ToolVersions tools = new ToolVersions();
    private final FactScripts scripts;
    private final LastFacts last;
    private Map<String, String> found;

    private MachineFacts(Machine machine, FactScripts scripts, LastFacts last) {
        this.machine = machine;
        this.scripts = scripts;
        this.last = last;
        this.found = last.read();
    }

    /// Nothing is looked up yet.
    ///
    /// @param root the node's folder; scripts are the executables in `facts.d/` below it
    public static MachineFacts of(Path root) {
        return new MachineFacts(
                new Machine(root),
                new FactScripts(root.resolve("facts.d"), SCRIPT),
                new LastFacts(root.resolve("facts.json")));
    }

    /// What the last look found, be it before a restart; until there was one, the basic facts.
    public Map<String, String> known() {
        Map<String, String> facts = new TreeMap<>(BasicFacts.ofThisMachine());
        facts.putAll(found);
        return facts;
    }

    /// Look again.
    public Map<String, String> look() throws InterruptedException {
        Map<String, String> facts = new TreeMap<>(BasicFacts.ofThisMachine());
        facts.putAll(machine.look());
        facts.putAll(tools.look());
        facts.putAll(scripts.look());
        if (!facts.equals(found)) {
            found = facts;
            last.write(facts);
        }
        return facts;
    }
}
