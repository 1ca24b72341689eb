package dev.millwright.otel;

/// How far an export has got: spans, then those that programs sent, then logs, then metrics.
/// Immutable.
///
/// Its records hold no records of this plugin, and nobody compares those that do: the JDK keeps the
/// type of such a component with the comparison that it makes, and with it the closed plugin.
sealed interface Part {
    /// What the host keeps of it.
    String cursor();

    /// The spans from one on.
    ///
    /// @param from the number of the first span
    record Spans(int from) implements Part {
        @Override
        public String cursor() {
            return "spans/" + from;
        }
    }

    /// The spans of programs from behind one on.
    ///
    /// @param attempt the number of the try among all of the run
    /// @param after the id of the last span that was sent; empty for none
    record Results(int attempt, String after) implements Part {
        @Override
        public String cursor() {
            return "results/%d/%s".formatted(attempt, after);
        }
    }

    /// The logs from one line on.
    ///
    /// @param attempt the number of the try among all of the run
    /// @param line the next one, counted from 0
    record Logs(int attempt, long line) implements Part {
        @Override
        public String cursor() {
            return "logs/%d/%d".formatted(attempt, line);
        }
    }

    record Metrics() implements Part {
        @Override
        public String cursor() {
            return "metrics";
        }
    }

    record End() implements Part {
        @Override
        public String cursor() {
            return "end";
        }
    }

    /// The part that a cursor stands for; the first one for none.
    static Part parse(String cursor) {
        String[] words = cursor.split("/", -1);
        return switch (words[0]) {
            case "spans" -> new Spans(Integer.parseInt(words[1]));
            case "results" -> new Results(Integer.parseInt(words[1]), words[2]);
            case "logs" -> new Logs(Integer.parseInt(words[1]), Long.parseLong(words[2]));
            case "metrics" -> new Metrics();
            case "end" -> new End();
            default -> new Spans(0);
        };
    }
}
