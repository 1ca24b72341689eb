package dev.millwright.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.MillwrightException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Run a small tool such as git to its end and take what it prints. Any thread; blocks.
///
/// @param directory where it runs
/// @param environment added to the own environment
public record Tool(Path directory, Map<String, String> environment) {

    /// What a tool said.
    public record Answer(int code, String out, String err) {
        public boolean isGood() {
            return code == 0;
        }
    }

    public static Tool in(Path directory) {
        return new Tool(directory, Map.of());
    }

    /// Run it, whatever it says. Throws [MillwrightException] when the program is not there.
    public Answer ask(String... argv) {
        ProcessBuilder builder = new ProcessBuilder(List.of(argv)).directory(directory.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            StringBuilder complaint = new StringBuilder();
            Thread errors =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var err = process.errorReader(UTF_8)) {
                                    err.lines().forEach(l -> complaint.append(l).append('\n'));
                                } catch (IOException gone) {
                                    // The tool is over; its exit code says the rest.
                                }
                            });
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            errors.join();
            return new Answer(code, out, complaint.toString());
        } catch (IOException missing) {
            throw new MillwrightException(
                    "'%s' cannot be started: %s; is it installed?"
                            .formatted(argv[0], missing.getMessage()),
                    missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillwrightException("interrupted while '%s' ran".formatted(argv[0]), stopped);
        }
    }

    /// Run it and give what it printed, without the last line end. Throws [MillwrightException]
    /// with the tool's own words when it fails.
    public String run(String... argv) {
        Answer answer = ask(argv);
        if (!answer.isGood()) {
            throw new MillwrightException(
                    "'%s' failed: %s".formatted(String.join(" ", argv), answer.err().strip()));
        }
        return answer.out().stripTrailing();
    }
}
