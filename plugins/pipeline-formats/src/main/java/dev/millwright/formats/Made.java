package dev.millwright.formats;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.format.FormatResult.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A map of the pipeline that is made, and where in the other system's file its parts come from.
/// Used by one thread.
final class Made {
    private final Place place;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Place> ofKeys = new HashMap<>();

    Made(Place place) {
        this.place = place;
    }

    /// @param value plain
    Made put(String key, Object value, Place at) {
        values.put(key, value);
        ofKeys.put(key, at);
        return this;
    }

    Made put(String key, List<Made> steps) {
        values.put(key, List.copyOf(steps));
        return this;
    }

    Parameters parameters() {
        return new Parameters(plain());
    }

    private Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> plain.put(key, plain(value)));
        return plain;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Made made -> made.plain();
            case List<?> list -> list.stream().map(Made::plain).toList();
            default -> value;
        };
    }

    /// By JSON pointer.
    Map<String, Place> places() {
        Map<String, Place> places = new HashMap<>();
        collect("", places);
        return places;
    }

    private void collect(String pointer, Map<String, Place> places) {
        places.put(pointer, place);
        ofKeys.forEach((key, at) -> places.put(pointer + "/" + key, at));
        values.forEach((key, value) -> {
            if (value instanceof List<?> list) {
                List<Object> items = new ArrayList<>(list);
                for (int i = 0; i < items.size(); i++) {
                    if (items.get(i) instanceof Made made) {
                        made.collect("%s/%s/%d".formatted(pointer, key, i), places);
                    }
                }
            }
        });
    }
}
