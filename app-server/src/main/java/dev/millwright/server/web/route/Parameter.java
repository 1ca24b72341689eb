package dev.millwright.server.web.route;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A parameter of a route, as it is checked and documented.
///
/// @param values what an enumeration allows; empty for other types
/// @param fallback the value when it is missing; empty for none
/// @param minimum of an integer
/// @param maximum of an integer
public record Parameter(
        String name,
        Place place,
        Type type,
        boolean required,
        List<String> values,
        String fallback,
        long minimum,
        long maximum,
        String description,
        String example) {
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /// Where the parameter stands.
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /// What it may hold.
    public enum Type {
        TEXT,
        INTEGER,
        BOOLEAN,
        UUID
    }

    public Parameter {
        values = List.copyOf(values);
    }

    public static Parameter path(String name, String description, String example) {
        return of(name, Place.PATH, Type.TEXT, true, description, example);
    }

    /// An id in the path.
    public static Parameter id(String name, String description) {
        return of(
                name,
                Place.PATH,
                Type.UUID,
                true,
                description,
                "0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0");
    }

    public static Parameter query(String name, String description, String example) {
        return of(name, Place.QUERY, Type.TEXT, false, description, example);
    }

    public static Parameter flag(String name, String description) {
        return of(name, Place.QUERY, Type.BOOLEAN, false, description, "true").orElse("false");
    }

    public static Parameter choice(String name, String description, List<String> values) {
        return new Parameter(
                name,
                Place.QUERY,
                Type.TEXT,
                false,
                values,
                "",
                0,
                0,
                description,
                values.getFirst());
    }

    public static Parameter number(
            String name, String description, long fallback, long minimum, long maximum) {
        return new Parameter(
                name,
                Place.QUERY,
                Type.INTEGER,
                false,
                List.of(),
                Long.toString(fallback),
                minimum,
                maximum,
                description,
                Long.toString(Math.max(fallback, minimum)));
    }

    public static Parameter header(String name, String description, String example) {
        return of(name, Place.HEADER, Type.TEXT, false, description, example);
    }

    public Parameter orElse(String value) {
        return new Parameter(
                name, place, type, required, values, value, minimum, maximum, description, example);
    }

    /// A query parameter that must be there. The handler checks it, because it says best why.
    public Parameter needed() {
        return new Parameter(
                name, place, type, true, values, fallback, minimum, maximum, description, example);
    }

    private static Parameter of(
            String name,
            Place place,
            Type type,
            boolean required,
            String description,
            String example) {
        return new Parameter(
                name, place, type, required, List.of(), "", 0, 0, description, example);
    }

    /// What is wrong with a value, if anything.
    Optional<String> fault(String value) {
        return switch (type) {
            case TEXT ->
                    fault(
                            values.isEmpty() || values.contains(value),
                            "must be one of " + String.join(", ", values));
            case INTEGER ->
                    fault(
                            isInRange(value),
                            "must be a whole number from %d to %d".formatted(minimum, maximum));
            case BOOLEAN ->
                    fault(value.equals("true") || value.equals("false"), "must be true or false");
            case UUID -> fault(ID.matcher(value).matches(), "must be an id such as " + example);
        };
    }

    private static Optional<String> fault(boolean fits, String message) {
        return fits ? Optional.empty() : Optional.of(message);
    }

    private boolean isInRange(String value) {
        try {
            long number = Long.parseLong(value);
            return number >= minimum && number <= maximum;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
