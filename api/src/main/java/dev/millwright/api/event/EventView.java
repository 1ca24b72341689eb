package dev.millwright.api.event;

import dev.millwright.model.RunId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One fact of the journal.
///
/// @param seq grows over the whole journal; may have gaps
/// @param type such as `run.started`, `step.finished`
/// @param subject path of what it is about, such as `default/web/7/0/2`
/// @param runSeq counts the events of one run from 1, without gaps
public record EventView(
        long seq,
        Instant at,
        String namespace,
        String type,
        String subject,
        @Nullable RunId runId,
        @Nullable Long runSeq,
        Map<String, Object> data) {
    public EventView {
        data = data == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
