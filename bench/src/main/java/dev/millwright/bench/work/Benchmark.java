package dev.millwright.bench.work;

import dev.millwright.bench.measure.Figure;
import java.io.IOException;
import java.util.List;

/// Something that is measured.
public interface Benchmark {
    /// One word, for the command line.
    String name();

    /// Measure. Called once, alone on the machine as far as that can be. Whatever it starts has
    /// ended when it returns, or belongs to the bench.
    List<Figure> run(Bench bench) throws IOException, InterruptedException;
}
