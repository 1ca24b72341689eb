package dev.millwright.server.delivery;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One page of deliveries, newest first; the bodies are left out.
public record DeliveryPage(List<Delivery> items, @Nullable String nextOrNull) {
    public DeliveryPage {
        items = List.copyOf(items);
    }

    /// The cursor of the next page, if there may be one.
    public Optional<String> next() {
        return Optional.ofNullable(nextOrNull);
    }
}
