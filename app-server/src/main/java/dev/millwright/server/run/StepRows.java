package dev.millwright.server.run;

import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// One row of the table `steps`, in the types of its columns.
///
/// Public because JDBI makes it by reflection; nobody else does.
public record StepRows(
        UUID runId,
        int position,
        String path,
        String phase,
        @Nullable String outcome,
        int attempt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant dueAt,
        String cause,
        String message,
        @Nullable Integer exitCode,
        String outputs,
        boolean carried) {
    private static final int LONGEST_MESSAGE = 4_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    static StepRows of(UUID run, int position, String path, StepState state) {
        return new StepRows(
                run,
                position,
                path,
                state.phase().name(),
                state.outcome().map(Enum::name).orElse(null),
                state.attempt(),
                state.startedAtOrNull(),
                state.finishedAtOrNull(),
                state.dueAtOrNull(),
                state.cause(),
                shorten(state.message(), LONGEST_MESSAGE),
                state.exitCodeOrNull(),
                state.outputs().isEmpty() ? "{}" : JSON.writeValueAsString(state.outputs()),
                state.carried());
    }

    static String shorten(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    public static final class OfStep implements RowMapper<StepState> {
        @Override
        public StepState map(ResultSet row, StatementContext context) throws SQLException {
            String outputs = row.getString("outputs");
            return new StepState(
                    StepPhase.valueOf(row.getString("phase")),
                    RunRows.outcome(row),
                    row.getInt("attempt"),
                    RunRows.time(row, "started_at"),
                    RunRows.time(row, "finished_at"),
                    RunRows.time(row, "due_at"),
                    row.getString("cause"),
                    row.getString("message"),
                    row.getObject("exit_code", Integer.class),
                    outputs.equals("{}") ? Map.of() : JSON.readValue(outputs, TEXTS),
                    row.getBoolean("carried"));
        }
    }
}
