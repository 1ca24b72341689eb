package dev.millwright.cli;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.demo.DemoCommand;
import dev.millwright.cli.journal.DeliveriesCommand;
import dev.millwright.cli.journal.EventsCommand;
import dev.millwright.cli.journal.PollsCommand;
import dev.millwright.cli.journal.QueueCommand;
import dev.millwright.cli.local.ImportCommand;
import dev.millwright.cli.local.LintCommand;
import dev.millwright.cli.local.LocalCommand;
import dev.millwright.cli.node.NodeCommand;
import dev.millwright.cli.plugin.PluginCommand;
import dev.millwright.cli.remote.ApproveCommand;
import dev.millwright.cli.remote.CancelCommand;
import dev.millwright.cli.remote.ExplainCommand;
import dev.millwright.cli.remote.LogsCommand;
import dev.millwright.cli.remote.RerunCommand;
import dev.millwright.cli.remote.RunCommand;
import dev.millwright.cli.remote.RunsCommand;
import dev.millwright.cli.resource.ApplyCommand;
import dev.millwright.cli.resource.DeleteCommand;
import dev.millwright.cli.resource.DiffCommand;
import dev.millwright.cli.resource.GetCommand;
import dev.millwright.cli.server.ConfigCommand;
import dev.millwright.cli.server.ServerMainCommand;
import dev.millwright.cli.server.UpCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Every command by its name, in the order in which help lists them. A command's class is loaded
/// when the command is made.
final class Commands {
    private final Surroundings around;
    private final Map<String, Function<Surroundings, Object>> makers = new LinkedHashMap<>();

    Commands(Surroundings around) {
        this.around = around;
        makers.put("demo", DemoCommand::new);
        makers.put("up", UpCommand::new);
        makers.put("server", ServerMainCommand::new);
        makers.put("run", RunCommand::new);
        makers.put("rerun", RerunCommand::new);
        makers.put("cancel", CancelCommand::new);
        makers.put("approve", ApproveCommand::new);
        makers.put("runs", RunsCommand::new);
        makers.put("logs", LogsCommand::new);
        makers.put("explain", ExplainCommand::new);
        makers.put("apply", ApplyCommand::new);
        makers.put("get", GetCommand::new);
        makers.put("diff", DiffCommand::new);
        makers.put("delete", DeleteCommand::new);
        makers.put("lint", LintCommand::new);
        makers.put("local", LocalCommand::new);
        makers.put("import", ImportCommand::new);
        makers.put("events", EventsCommand::new);
        makers.put("deliveries", DeliveriesCommand::new);
        makers.put("polls", PollsCommand::new);
        makers.put("queue", QueueCommand::new);
        makers.put("node", NodeCommand::line);
        makers.put("plugin", PluginCommand::line);
        makers.put("config", ConfigCommand::new);
        makers.put("version", VersionCommand::new);
        makers.put("completion", CompletionCommand::new);
    }

    boolean has(String name) {
        // What prints completions has to know them all.
        return makers.containsKey(name) && !name.equals("completion");
    }

    List<String> names() {
        return List.copyOf(makers.keySet());
    }

    Object make(String name) {
        Function<Surroundings, Object> maker = makers.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no command " + name);
        }
        return maker.apply(around);
    }
}
