package dev.millwright.plugin.format;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.Stability;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a file means in Millwright's own form. Immutable.
///
/// ```java
/// return new FormatResult.Invalid(List.of(new FormatResult.Fault(3, 1, "'image' is missing")));
/// ```
@Stability(Stability.Level.EVOLVING)
public sealed interface FormatResult {
    /// It is understood.
    ///
    /// @param pipeline the keys of a `.millwright.yaml`, such as `steps` and `inputs`
    /// @param warnings what has no counterpart and is left out
    /// @param places where parts of `pipeline` stand in the file, by JSON pointer such as
    ///   `/steps/0`; what is not told stands where the part around it does. Problems that
    ///   Millwright finds in `pipeline` are told there.
    record Read(Parameters pipeline, List<String> warnings, Map<String, Place> places)
            implements FormatResult {
        public Read {
            Objects.requireNonNull(pipeline, "pipeline");
            warnings = List.copyOf(warnings);
            places = Map.copyOf(places);
        }

        /// Without places.
        public Read(Parameters pipeline, List<String> warnings) {
            this(pipeline, warnings, Map.of());
        }
    }

    /// A place in the file.
    ///
    /// @param line from 1
    /// @param column from 1
    record Place(int line, int column) {}

    /// It cannot be used.
    ///
    /// @param faults at least one
    record Invalid(List<Fault> faults) implements FormatResult {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }

    /// What is wrong and where.
    ///
    /// @param line from 1; 0 when no line can be named
    /// @param column from 1; 0 when none can be named
    record Fault(int line, int column, String message) {
        public Fault {
            Objects.requireNonNull(message, "message");
        }
    }
}
