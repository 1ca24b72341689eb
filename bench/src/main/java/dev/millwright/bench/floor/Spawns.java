package dev.millwright.bench.floor;

import dev.millwright.bench.measure.BenchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts shells the plain way.
final class Spawns {
    private static final int SECONDS = 60;

    private Spawns() {}

    static Process start(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static void run(String script) throws InterruptedException {
        try {
            await(start(script));
        } catch (IOException failed) {
            throw new BenchException("a shell could not be started", failed);
        }
    }

    static void inSequence(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            run("true");
        }
    }

    static void sideBySide(int count) throws InterruptedException {
        List<Process> going = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                going.add(start("true"));
            }
        } catch (IOException failed) {
            throw new BenchException("a shell could not be started", failed);
        }
        for (Process process : going) {
            await(process);
        }
    }

    private static void await(Process process) throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new BenchException("a shell failed");
        }
    }
}
