package dev.millwright.node.facts;

import dev.millwright.node.process.Command;
import dev.millwright.node.process.CommandResult;
import dev.millwright.node.process.NodeEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Facts that the administrator's own programs print: every executable in the folder is run, all at
/// once; of two that tell the same fact the last in the order of their names counts. What is wrong
/// is logged once. One thread.
final class FactScripts {
    private static final Logger log = LoggerFactory.getLogger(FactScripts.class);
    private static final int SHOWN = 200;

    private final Path folder;
    private final Duration timeout;
    private Set<String> complained = Set.of();

    /// @param timeout after which a script is killed; then it tells nothing
    FactScripts(Path folder, Duration timeout) {
        this.folder = folder;
        this.timeout = timeout;
    }

    Map<String, String> look() throws InterruptedException {
        List<Path> scripts = scripts();
        Map<Path, FactLines> results = new ConcurrentHashMap<>();
        List<Thread> running = new ArrayList<>();
        try {
            for (Path script : scripts) {
                running.add(
                        Thread.ofVirtual()
                                .name("facts-" + script.getFileName())
                                .start(() -> results.put(script, run(script))));
            }
            for (Thread one : running) {
                one.join();
            }
        } finally {
            running.forEach(Thread::interrupt);
        }
        Map<String, String> facts = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Path script : scripts) {
            FactLines result = results.getOrDefault(script, FactLines.EMPTY);
            facts.putAll(result.facts());
            problems.addAll(result.problems());
        }
        complain(problems);
        return facts;
    }

    private List<Path> scripts() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).filter(Files::isExecutable).sorted().toList();
        } catch (IOException unreadable) {
            log.warn("{} cannot be read: {}", folder, unreadable.getMessage());
            return List.of();
        }
    }

    private FactLines run(Path script) {
        try {
            CommandResult result =
                    new Command(
                                    List.of(script.toString()),
                                    folder,
                                    NodeEnvironment.forSteps(),
                                    timeout)
                            .run();
            if (result.timedOut()) {
                return FactLines.problem(
                        "%s did not end within %d ms and was killed"
                                .formatted(script, timeout.toMillis()));
            }
            if (!result.isSuccess()) {
                return FactLines.problem(
                        "%s failed with exit code %d: %s"
                                .formatted(script, result.exitCode(), said(result.err())));
            }
            return FactLines.parse(script.toString(), result.out());
        } catch (UncheckedIOException unstartable) {
            return FactLines.problem(
                    "%s cannot be started: %s".formatted(script, unstartable.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FactLines.EMPTY;
        }
    }

    static String said(String text) {
        return text.isBlank() ? "it said nothing on standard error" : shortened(text);
    }

    private static String shortened(String text) {
        String line = text.strip().replace('\n', ' ');
        return line.substring(0, Math.min(SHOWN, line.length()));
    }

    private void complain(List<String> problems) {
        problems.stream()
                .filter(problem -> !complained.contains(problem))
                .forEach(problem -> log.warn("wrong facts: {}", problem));
        complained = new HashSet<>(problems);
    }
}
