package dev.millwright.bench;

import dev.millwright.bench.measure.BenchException;
import java.util.ArrayList;
import java.util.List;

/// What the command line asks for.
///
/// @param names of benchmarks; empty for all
/// @param database `h2` or `postgresql`
/// @param isKept whether the folder with the servers' logs stays
record Options(
        List<String> names, String database, boolean isShort, boolean isKept, boolean isHelp) {
    private static final List<String> DATABASES = List.of("h2", "postgresql");

    Options {
        names = List.copyOf(names);
    }

    static Options parse(List<String> arguments) {
        List<String> names = new ArrayList<>();
        String database = DATABASES.getFirst();
        boolean isShort = false;
        boolean isKept = false;
        boolean isHelp = false;
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            switch (word) {
                case "--short" -> isShort = true;
                case "--keep" -> isKept = true;
                case "--help", "-h" -> isHelp = true;
                case "--database" -> database = left.isEmpty() ? "" : left.removeFirst();
                default -> names.add(word);
            }
        }
        if (!DATABASES.contains(database)) {
            throw new BenchException("--database takes one of " + DATABASES);
        }
        return new Options(names, database, isShort, isKept, isHelp);
    }
}
