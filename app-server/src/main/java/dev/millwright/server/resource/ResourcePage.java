package dev.millwright.server.resource;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One page of resources, by namespace and name.
public record ResourcePage(List<StoredResource> items, @Nullable String nextOrNull) {
    public ResourcePage {
        items = List.copyOf(items);
    }

    /// The cursor of the next page, if there may be one.
    public Optional<String> next() {
        return Optional.ofNullable(nextOrNull);
    }
}
