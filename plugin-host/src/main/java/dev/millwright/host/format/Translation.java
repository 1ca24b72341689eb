package dev.millwright.host.format;

import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.Parameters;
import java.util.List;

/// What a file of another system means here.
///
/// @param result the problems name places in the file itself
/// @param pipeline the keys of a `.millwright.yaml`; empty when the file is not understood
/// @param warnings what has no counterpart here and is left out
public record Translation(ReadResult result, Parameters pipeline, List<String> warnings) {
    public Translation {
        warnings = List.copyOf(warnings);
    }
}
