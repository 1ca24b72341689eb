package dev.millwright.cli.node;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ClientVersion;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.log.NodeLog;
import dev.millwright.engine.schema.Durations;
import dev.millwright.node.agent.Room;
import dev.millwright.node.agent.RoomLimits;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.link.JoinOrder;
import dev.millwright.node.link.LinkException;
import dev.millwright.node.link.LinkSettings;
import dev.millwright.node.program.AgentProgram;
import dev.millwright.node.program.AgentSettings;
import dev.millwright.node.program.PluginPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millwright node run`: the node agent, in the foreground, as a service does.
@Command(
        name = "run",
        description = {
            "Work as a node until Ctrl-C or SIGTERM.",
            "Running steps go on then, and the next 'node run' finds them again. Joins first when "
                    + "this machine is no node yet. Opens no port.",
            "Each option can be set in the environment: --workspace-root is "
                    + "MILLWRIGHT_NODE_WORKSPACE_ROOT."
        })
final class NodeRunCommand extends BaseCommand {
    @Mixin private JoinOptions join = new JoinOptions();
    @Mixin private NodePlaces places = new NodePlaces();

    @Option(
            names = "--workspace-root",
            paramLabel = "DIR",
            description = "Where each run gets its workspace (default: workspaces in --root)")
    private @Nullable String workspaceRoot;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "How many steps run at once (default: one for each processor)")
    private @Nullable String slots;

    @Option(
            names = "--shell",
            paramLabel = "COMMAND",
            description = "For scripts whose step names none (default: sh -e)")
    private @Nullable String shell;

    @Option(
            names = "--spool-limit",
            paramLabel = "SIZE",
            description =
                    "For output that no server has taken yet; nothing new is taken at four fifths "
                            + "of it (default: 10GiB)")
    private @Nullable String spoolLimit;

    @Option(
            names = "--min-free",
            paramLabel = "SIZE",
            description =
                    "Nothing new is taken while a disk has less free, and a fetch that needs more of it "
                            + "ends (default: 256MiB)")
    private @Nullable String minFree;

    @Option(
            names = "--min-free-percent",
            paramLabel = "N",
            description =
                    "Nothing new is taken while a disk has less free, in hundredths of it; a fetch goes "
                            + "on (default: 0)")
    private @Nullable String minFreePercent;

    @Option(
            names = "--repository-limit",
            paramLabel = "SIZE",
            description =
                    "How large the copy of one repository may become; a fetch that needs more ends "
                            + "(default: 10GiB)")
    private @Nullable String repositoryLimit;

    @Option(
            names = "--workspace-limit",
            paramLabel = "SIZE",
            description =
                    "How large what is checked out for one run may be, submodules and large files "
                            + "included (default: 20GiB)")
    private @Nullable String workspaceLimit;

    @Option(
            names = "--workspace-files",
            paramLabel = "N",
            description = "The same in files and folders (default: 1000000)")
    private @Nullable String workspaceFiles;

    @Option(
            names = "--no-plugins",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description =
                    "Take no plugins with runners from the servers; without it they are fetched and "
                            + "used, and ROOT/plugins/ID.yaml says what they may do here")
    private @Nullable String noPlugins;

    @Option(
            names = "--trusted-keys",
            paramLabel = "KEY,...",
            description =
                    "Take only plugins with a signature by one of these Ed25519 public keys, in base64 "
                            + "(default: what the servers use)")
    private @Nullable String trustedKeys;

    @Option(
            names = "--silence",
            paramLabel = "TIME",
            description =
                    "How long a server may not answer before another connection is tried, several "
                            + "times what the servers' nodes.heartbeat says (default: 20s)")
    private @Nullable String silence;

    @Option(
            names = "--longest-pause",
            paramLabel = "TIME",
            description = "The longest pause between tries to connect (default: 8s)")
    private @Nullable String longestPause;

    NodeRunCommand(Surroundings around) {
        super(around);
    }

    /// Take the value of an option; false when there is no such option.
    boolean set(String option, String value) {
        switch (option) {
            case "--workspace-root" -> workspaceRoot = value;
            case "--slots" -> slots = value;
            case "--shell" -> shell = value;
            case "--spool-limit" -> spoolLimit = value;
            case "--min-free" -> minFree = value;
            case "--min-free-percent" -> minFreePercent = value;
            case "--repository-limit" -> repositoryLimit = value;
            case "--workspace-limit" -> workspaceLimit = value;
            case "--workspace-files" -> workspaceFiles = value;
            case "--no-plugins" -> noPlugins = value;
            case "--trusted-keys" -> trustedKeys = value;
            case "--silence" -> silence = value;
            case "--longest-pause" -> longestPause = value;
            default -> {
                return join.set(option, value) || places.set(option, value);
            }
        }
        return true;
    }

    @Override
    public Integer call() throws InterruptedException {
        NodeLog.open();
        AgentSettings settings = settings();
        JoinOrder order = join.order(places.labels(around), around).orElse(null);
        try (AgentProgram program = create(settings, order);
                Interrupts _ = Interrupts.listenForEnd(program::stop)) {
            Optional<String> removed = program.run();
            if (removed.isPresent()) {
                throw new CliException(ExitCode.NOT_ALLOWED, removed.get());
            }
            return ExitCode.OK;
        }
    }

    private static AgentProgram create(AgentSettings settings, @Nullable JoinOrder order) {
        try {
            return AgentProgram.create(settings, order);
        } catch (LinkException refused) {
            throw order == null
                    ? new CliException(
                            ExitCode.USAGE, String.valueOf(refused.getMessage()), refused)
                    : JoinOptions.failed(refused);
        }
    }

    private AgentSettings settings() {
        Path root = places.root(around);
        Path workspaces =
                value(workspaceRoot, "WORKSPACE_ROOT")
                        .map(given -> around.directory().resolve(given).toAbsolutePath())
                        .orElse(root.resolve("workspaces"));
        Map<String, String> labels = places.labels(around);
        List<String> command =
                value(shell, "SHELL")
                        .map(given -> List.of(given.strip().split("\\s+")))
                        .orElse(AgentSettings.SHELL);
        return new AgentSettings(
                ClientVersion.text(),
                root,
                workspaces,
                labels,
                number(slots, "SLOTS", 1, Runtime.getRuntime().availableProcessors()),
                command,
                new RoomLimits(
                        size(spoolLimit, "SPOOL_LIMIT", RoomLimits.DEFAULT.spoolBytes()),
                        size(minFree, "MIN_FREE", RoomLimits.DEFAULT.freeBytes()),
                        number(
                                minFreePercent,
                                "MIN_FREE_PERCENT",
                                0,
                                RoomLimits.DEFAULT.freePercent())),
                repositories(),
                plugins(),
                AgentSettings.FACTS_EVERY,
                link(),
                Room.Disk.real());
    }

    private GitLimits repositories() {
        GitLimits usual = GitLimits.DEFAULT;
        return new GitLimits(
                size(repositoryLimit, "REPOSITORY_LIMIT", usual.repositoryBytes()),
                size(workspaceLimit, "WORKSPACE_LIMIT", usual.workspaceBytes()),
                number(workspaceFiles, "WORKSPACE_FILES", 1, (int) usual.workspaceFiles()),
                size(minFree, "MIN_FREE", usual.freeBytes()));
    }

    private PluginPolicy plugins() {
        String refused = value(noPlugins, "NO_PLUGINS").orElse("false").strip();
        if (!List.of("true", "false").contains(refused)) {
            throw CliException.usage("--no-plugins is true or false, not '%s'".formatted(refused));
        }
        List<String> keys =
                value(trustedKeys, "TRUSTED_KEYS").stream()
                        .flatMap(given -> Stream.of(given.split(",", -1)))
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .toList();
        return new PluginPolicy(refused.equals("false"), keys);
    }

    private LinkSettings link() {
        return LinkSettings.DEFAULT
                .withSilence(time(silence, "SILENCE", LinkSettings.DEFAULT.silence()))
                .withLongestPause(
                        time(longestPause, "LONGEST_PAUSE", LinkSettings.DEFAULT.longestPause()));
    }

    private Optional<String> value(@Nullable String given, String name) {
        return NodePlaces.value(given, name, around);
    }

    private Duration time(@Nullable String given, String name, Duration usual) {
        Optional<String> text = value(given, name);
        if (text.isEmpty()) {
            return usual;
        }
        return Durations.parse(text.get().strip())
                .filter(Duration::isPositive)
                .orElseThrow(() ->
                        CliException.usage(
                                "%s: '%s' is not a time; times look like 500ms, 20s or 5m"
                                        .formatted(place(given, name), text.get())));
    }

    private long size(@Nullable String given, String name, long usual) {
        return value(given, name)
                .map(text -> SizeOption.parse(place(given, name), text))
                .orElse(usual);
    }

    private int number(@Nullable String given, String name, int least, int usual) {
        String text = value(given, name).orElse(Integer.toString(usual));
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // Said below, as for numbers that are too small
        }
        throw CliException.usage(
                "%s: '%s' is not a whole number from %d"
                        .formatted(place(given, name), text, least));
    }

    /// Where a value was written: the option, or the environment.
    private static String place(@Nullable String given, String name) {
        return given == null
                ? NodePlaces.variable(name)
                : "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
