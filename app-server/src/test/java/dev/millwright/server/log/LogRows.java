package dev.millwright.server.log;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.server.store.Database;
import java.util.UUID;

/// Runs and attempts that exist only to have logs.
public final class LogRows {
    private LogRows() {}

    public static AttemptId newAttempt(Database database) {
        RunId run = new RunId(UUID.randomUUID());
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        database.change(tx -> {
            tx.handle()
                    .execute(
                            """
                            insert into runs (id, namespace, pipeline, number, phase, event,
                                cause, branch, tag, commit_hash, commit_message, author,
                                message, trace_id, root_span_id, plan, revision,
                                event_count, steps_total, steps_finished, queued_at)
                            values (?, 'main', ?, 1, 'RUNNING', 'api', '{}', '', '', '',
                                '', '', '', '', '', ?, 0, 0, 1, 0, current_timestamp)
                            """,
                            run.value(),
                            "p" + run.toString().substring(0, 8),
                            new byte[0]);
            insertAttempt(tx.handle(), run, attempt);
        });
        return attempt;
    }

    public static void insertAttempt(org.jdbi.v3.core.Handle handle, RunId run, AttemptId attempt) {
        handle.execute(
                """
                insert into attempts (id, run_id, position, number, fence, node, phase, cause,
                    assigned_at, log_lines, log_out, log_err)
                values (?, ?, 0, 1, 1, 'local', 'RUNNING', '', current_timestamp, 0, 0, 0)
                """,
                attempt.value(),
                run.value());
    }

    public static void finish(Database database, AttemptId attempt) {
        database.change(tx ->
                tx.handle()
                        .execute(
                                "update attempts set finished_at = current_timestamp where id = ?",
                                attempt.value()));
    }
}
