package dev.millwright.bench;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.server.Databases;
import dev.millwright.bench.work.Bench;
import dev.millwright.bench.work.Benchmark;
import dev.millwright.bench.work.Benchmarks;
import dev.millwright.model.MillwrightException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// `./millwright bench [NAME...] [--database h2|postgresql] [--short] [--keep]`: the table goes to
/// standard output, progress to standard error. Ends with 1 when something could not be measured,
/// with 2 when it is called in a wrong way.
public final class BenchMain {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private final PrintStream out;
    private final PrintStream progress;

    private BenchMain(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("millwright.log.level", "warn");
        BenchMain main = new BenchMain(System.out, System.err);
        int code;
        try {
            Options options = Options.parse(List.of(arguments));
            code = options.isHelp() ? main.help() : main.measure(chosen(options), options);
        } catch (BenchException wrong) {
            main.progress.println("millwright bench: " + wrong.getMessage());
            code = WRONG_USE;
        }
        System.exit(code);
    }

    private static List<Benchmark> chosen(Options options) {
        List<Benchmark> all = Benchmarks.all();
        List<String> known = all.stream().map(Benchmark::name).toList();
        for (String name : options.names()) {
            if (!known.contains(name)) {
                throw new BenchException("there is no '%s'; there are %s".formatted(name, known));
            }
        }
        return all.stream()
                .filter(one -> options.names().isEmpty() || options.names().contains(one.name()))
                .toList();
    }

    private int help() {
        out.println(
                "usage: ./millwright bench [NAME...] [--database h2|postgresql] [--short] [--keep]");
        Benchmarks.all().forEach(one -> out.println("  " + one.name()));
        return 0;
    }

    private int measure(List<Benchmark> benchmarks, Options options)
            throws IOException, InterruptedException {
        Databases databases =
                options.database().equals("h2") ? new Databases.H2() : Databases.Postgresql.start();
        Bench bench = Bench.create(databases, options.isShort(), options.isKept(), progress);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(bench::close));
        out.printf(
                "%s%s, %s%n%n%s%n",
                databases.name(),
                options.isShort() ? ", short: sizes too small to judge by" : "",
                Machine.describe(bench.folder()),
                Figure.HEAD);
        int code = 0;
        for (Benchmark benchmark : benchmarks) {
            progress.println(benchmark.name());
            try {
                benchmark.run(bench).forEach(figure -> out.println(figure.row()));
            } catch (MillwrightException | IOException failed) {
                // The others can be measured all the same
                progress.println("  FAILED: " + failed);
                out.println("| %s: **failed** | | | | | | |".formatted(benchmark.name()));
                code = FAILED;
            }
        }
        return code;
    }
}
