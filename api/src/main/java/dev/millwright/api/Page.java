package dev.millwright.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param nextCursor give it back as `cursor` to get the next page; missing on the last one
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /// The cursor of the next page, if there is one.
    public Optional<String> next() {
        return Optional.ofNullable(nextCursor);
    }
}
