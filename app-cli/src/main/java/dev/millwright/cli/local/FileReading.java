package dev.millwright.cli.local;

import dev.millwright.engine.yaml.ReadResult;
import java.util.List;

/// What came of reading a pipeline's files.
///
/// @param warnings what files of other systems say and is left out, with the file's name
record FileReading(ReadResult result, List<String> warnings) {
    FileReading {
        warnings = List.copyOf(warnings);
    }

    FileReading(ReadResult result) {
        this(result, List.of());
    }
}
