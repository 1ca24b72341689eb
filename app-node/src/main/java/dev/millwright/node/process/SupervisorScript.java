package dev.millwright.node.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The small shell that stands between the node and a step: it survives both the node and a signal
/// to the step's process group, and leaves the exit code behind.
///
/// The file `pid` is made with the shell's `noclobber`, so it is a claim: whoever makes it, the
/// supervisor or a node that looks for a lost step, decides whether the step starts at all.
final class SupervisorScript {
    static final File NOTHING = new File("/dev/null");

    /// A handler (instead of ignoring) so that the step itself gets the default for its signals.
    private static final String TEXT =
            """
            trap : TERM INT HUP
            millwright_home=$1
            set -C
            printf '%s\\n' "$$" "$2" 2>/dev/null >"$1/pid" || exit 125
            set +C
            shift 2
            "$@"
            echo "$?" >"$millwright_home/rc"
            """;

    private final List<String> prefix;
    private final String boot = MachineBoot.id();

    private SupervisorScript(List<String> prefix) {
        this.prefix = prefix;
    }

    static SupervisorScript create() {
        Path root = Path.of("/");
        String shell = ProgramSearch.find("sh", "/bin:/usr/bin", root).orElse("/bin/sh");
        String places = NodeEnvironment.path() + ":/usr/bin:/bin:/usr/local/bin";
        List<String> prefix = new ArrayList<>();
        Optional<String> setsid = ProgramSearch.find("setsid", places, root);
        if (setsid.isPresent()) {
            prefix.add(setsid.get());
        } else {
            // macOS has no setsid program, but perl
            ProgramSearch.find("perl", places, root)
                    .ifPresent(perl ->
                            prefix.addAll(
                                    List.of(perl, "-e", "use POSIX; POSIX::setsid(); exec @ARGV")));
        }
        prefix.addAll(List.of(shell, "-c", TEXT, "millwright"));
        return new SupervisorScript(List.copyOf(prefix));
    }

    /// What to execute so that the command runs supervised.
    List<String> argv(Path home, List<String> command) {
        List<String> argv = new ArrayList<>(prefix);
        argv.add(home.toString());
        argv.add(boot);
        argv.addAll(command);
        return argv;
    }
}
