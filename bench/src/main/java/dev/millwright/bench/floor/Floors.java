package dev.millwright.bench.floor;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Marks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Measures what any correct system needs for the same work, here and now. One thread.
public final class Floors {
    private static final int ROUNDS = 20;

    private final Path folder;

    private Floors(Path folder) {
        this.folder = folder;
    }

    public static Floors create(Path folder) throws IOException {
        return new Floors(Files.createDirectories(folder));
    }

    /// Write a little and force it to disk, in milliseconds.
    public Samples fsync() throws IOException, InterruptedException {
        Samples samples = new Samples();
        try (FileChannel file =
                FileChannel.open(
                        folder.resolve("fsync"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND)) {
            for (int i = 0; i < 10 * ROUNDS; i++) {
                samples.time(() -> append(file));
            }
        }
        return samples;
    }

    private static void append(FileChannel file) {
        try {
            file.write(ByteBuffer.allocate(512));
            file.force(false);
        } catch (IOException failed) {
            throw new BenchException("the disk refuses to write", failed);
        }
    }

    /// From sending a request to a command that runs, with one fsync between, in milliseconds.
    public Samples triggers(int warmUp, int count) throws IOException, InterruptedException {
        Marks marks = Marks.create(folder.resolve("marks"));
        Samples samples = new Samples();
        try (HttpFloor floor = HttpFloor.start(folder, marks.folder());
                Hook hook = new Hook(floor.address())) {
            for (int i = 0; i < warmUp + count; i++) {
                Hook.Sent sent = hook.send("floor");
                Duration took = Duration.between(sent.at(), marks.await(sent.run()));
                if (i >= warmUp) {
                    samples.addNanos(took.toNanos());
                }
            }
        }
        return samples;
    }

    /// So many shells one after the other, in milliseconds.
    public Samples sequence(int shells) throws InterruptedException {
        return rounds(() -> Spawns.inSequence(shells));
    }

    /// So many shells side by side, in milliseconds.
    public Samples parallel(int shells) throws InterruptedException {
        return rounds(() -> Spawns.sideBySide(shells));
    }

    private static Samples rounds(Samples.Work work) throws InterruptedException {
        Samples samples = new Samples();
        for (int i = 0; i < ROUNDS; i++) {
            samples.time(work);
        }
        return samples;
    }

    /// How many shells a second can be started and awaited here, as many at once as there are
    /// processors.
    public double shellsPerSecond(int shells) throws InterruptedException {
        int atOnce = Runtime.getRuntime().availableProcessors();
        long start = System.nanoTime();
        for (int done = 0; done < shells; done += atOnce) {
            Spawns.sideBySide(Math.min(atOnce, shells - done));
        }
        return shells * 1e9 / (System.nanoTime() - start);
    }

    /// A command that writes so many lines to a file, and the file forced to disk, in milliseconds.
    public Samples lines(int count) throws InterruptedException {
        Path file = folder.resolve("lines");
        Samples samples = new Samples();
        for (int i = 0; i < 5; i++) {
            samples.time(() -> {
                Spawns.run("seq %d > '%s'".formatted(count, file));
                sync(file);
            });
        }
        return samples;
    }

    private static void sync(Path path) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(true);
        } catch (IOException failed) {
            throw new BenchException("the disk refuses to write", failed);
        }
    }
}
