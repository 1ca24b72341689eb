package dev.millwright.server.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.Payload;
import dev.millwright.model.RunId;
import dev.millwright.server.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/// Turns rows of the table `deliveries` into records; a row without a body gets an empty one.
///
/// Public because JDBI makes it by reflection; nobody else does.
public final class DeliveryRows implements RowMapper<Delivery> {
    @Override
    public Delivery map(ResultSet row, StatementContext context) throws SQLException {
        DeliveryStatus status = DeliveryStatus.valueOf(row.getString("status"));
        // The row keeps the id, which somebody may ask for
        UUID run = status.hasRun() ? row.getObject("run_id", UUID.class) : null;
        UUID repeated = row.getObject("redelivery_of", UUID.class);
        OffsetDateTime decided = row.getObject("decided_at", OffsetDateTime.class);
        byte[] body = row.getBytes("body");
        return new Delivery(
                new DeliveryId(row.getObject("id", UUID.class)),
                row.getString("source"),
                row.getString("dedupe_key"),
                row.getString("namespace"),
                row.getString("pipeline"),
                row.getString("event"),
                Json.texts(row.getString("headers")),
                body == null ? Payload.EMPTY : Payload.of(body),
                Json.parameters(row.getString("parameters")),
                status,
                row.getString("reason"),
                run == null ? null : new RunId(run),
                repeated == null ? null : new DeliveryId(repeated),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                decided == null ? null : decided.toInstant());
    }
}
