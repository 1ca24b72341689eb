package dev.millwright.node.facts;

import dev.millwright.node.process.Command;
import dev.millwright.node.process.CommandResult;
import dev.millwright.node.process.NodeEnvironment;
import dev.millwright.node.process.ProgramSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions of the tools on the search path, such as `tool.git=2.39.5`. A tool is asked again only
/// when its file has changed. One thread.
final class ToolVersions {
    private static final Path ROOT = Path.of("/");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    /// With the argument that makes each of them tell.
    private static final Map<String, String> TOOLS =
            Map.of(
                    "git", "--version",
                    "docker", "--version",
                    "podman", "--version",
                    "java", "-version",
                    "python3", "--version",
                    "node", "--version",
                    "make", "--version",
                    "gcc", "-dumpfullversion",
                    "mvn", "--version");

    private final String path;
    private final Map<String, Answer> known = new ConcurrentHashMap<>();

    private record Program(Path file, FileTime changed) {}

    /// @param version empty when the tool does not tell
    private record Answer(Program program, String version) {}

    ToolVersions() {
        this(NodeEnvironment.path());
    }

    /// @param path where to look for tools
    ToolVersions(String path) {
        this.path = path;
    }

    Map<String, String> look() throws InterruptedException {
        List<Thread> asking = new ArrayList<>();
        try {
            for (String tool : TOOLS.keySet()) {
                asking.add(Thread.ofVirtual().name("tool-" + tool).start(() -> look(tool)));
            }
            for (Thread one : asking) {
                one.join();
            }
        } finally {
            asking.forEach(Thread::interrupt);
        }
        Map<String, String> facts = new TreeMap<>();
        known.forEach((tool, answer) -> {
            if (!answer.version().isEmpty()) {
                facts.put("tool." + tool, answer.version());
            }
        });
        return facts;
    }

    private void look(String tool) {
        Optional<Program> program = program(tool);
        if (program.isEmpty()) {
            known.remove(tool);
            return;
        }
        Answer before = known.get(tool);
        if (before == null || !before.program().equals(program.get())) {
            known.put(tool, new Answer(program.get(), ask(tool, program.get())));
        }
    }

    private Optional<Program> program(String tool) {
        try {
            Optional<String> found = ProgramSearch.find(tool, path, ROOT);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Path file = Path.of(found.get()).toRealPath();
            return Optional.of(new Program(file, Files.getLastModifiedTime(file)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private String ask(String tool, Program program) {
        Map<String, String> environment = new TreeMap<>(NodeEnvironment.forSteps());
        environment.put("PATH", path);
        // By the name that was found: some tools are one file with many names
        String file = ProgramSearch.find(tool, path, ROOT).orElse(program.file().toString());
        List<String> argv = List.of(file, TOOLS.getOrDefault(tool, "--version"));
        try {
            CommandResult result = new Command(argv, ROOT, environment, PATIENCE).run();
            Matcher version = VERSION.matcher(result.out() + "\n" + result.err());
            return result.isSuccess() && version.find() ? version.group() : "";
        } catch (UncheckedIOException unstartable) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
