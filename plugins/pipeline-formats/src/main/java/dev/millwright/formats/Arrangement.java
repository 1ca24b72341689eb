package dev.millwright.formats;

import java.util.List;

/// Steps, one after the other or side by side. Immutable.
sealed interface Arrangement {
    /// One step, by its number in the file, from 0.
    record One(int step) implements Arrangement {}

    record InOrder(List<Arrangement> parts) implements Arrangement {
        public InOrder {
            parts = List.copyOf(parts);
        }
    }

    record SideBySide(List<Arrangement> parts) implements Arrangement {
        public SideBySide {
            parts = List.copyOf(parts);
        }
    }
}
