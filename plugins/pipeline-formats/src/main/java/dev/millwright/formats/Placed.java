package dev.millwright.formats;

import dev.millwright.plugin.format.FormatResult.Place;
import java.util.List;
import java.util.Map;

/// A value of a file, and where it stands. Immutable.
sealed interface Placed {
    Place place();

    /// For messages, such as `a list`.
    String kind();

    /// Text, a number, true or false, as it is written; nothing is an empty text.
    ///
    /// @param isNothing whether the file says `null` or nothing at all
    record Scalar(Place place, String text, boolean isNothing) implements Placed {
        @Override
        public String kind() {
            return isNothing ? "nothing" : "a text";
        }
    }

    record Items(Place place, List<Placed> items) implements Placed {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// Keys and values, in the order of the file.
    record Fields(Place place, Map<String, Entry> entries) implements Placed {
        @Override
        public String kind() {
            return "a map";
        }
    }

    /// What stands at a key, and where the key itself does.
    record Entry(Place key, Placed value) {}
}
