package dev.millwright.engine.definition;

import dev.millwright.model.plan.Input;
import java.math.BigDecimal;
import java.util.Optional;

/// Tells whether a value fits an input.
public final class InputCheck {
    private InputCheck() {}

    /// What is wrong with the value; empty when it fits.
    public static Optional<String> problem(Input input, String value) {
        return switch (input.type()) {
            case STRING -> Optional.empty();
            case BOOLEAN ->
                    value.equals("true") || value.equals("false")
                            ? Optional.empty()
                            : Optional.of(
                                    "input '%s' is true or false, not '%s'"
                                            .formatted(input.name(), value));
            case ENUM ->
                    input.values().contains(value)
                            ? Optional.empty()
                            : Optional.of(
                                    "input '%s' is one of %s, not '%s'"
                                            .formatted(
                                                    input.name(),
                                                    String.join(", ", input.values()),
                                                    value));
            case NUMBER -> number(input, value);
        };
    }

    private static Optional<String> number(Input input, String value) {
        try {
            if (value.length() <= 40 && new BigDecimal(value).precision() <= 40) {
                return Optional.empty();
            }
        } catch (NumberFormatException notANumber) {
            // Told below
        }
        return Optional.of("input '%s' is a number, not '%s'".formatted(input.name(), value));
    }
}
