package dev.millwright.api.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ask for a run of a pipeline.
///
/// @param inputs values by name: text, numbers or booleans
/// @param ref branch, tag or full ref; the repository's default branch when missing
/// @param commit full hash; the newest of the ref when missing
/// @param event what the pipeline's conditions see; `api` when missing
public record StartRunRequest(
        @JsonProperty(defaultValue = "{}") Map<String, Object> inputs,
        @Nullable String ref,
        @Nullable String commit,
        @Nullable String event) {
    public StartRunRequest {
        inputs =
                inputs == null
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /// A run with these inputs and everything else as the pipeline says.
    public static StartRunRequest of(Map<String, Object> inputs) {
        return new StartRunRequest(inputs, null, null, null);
    }
}
