package dev.millwright.server.resource;

import dev.millwright.model.resource.Resource;
import dev.millwright.server.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/// Turns rows of the table `resources` into records.
///
/// Public because JDBI makes it by reflection; nobody else does.
public final class ResourceRows implements RowMapper<StoredResource> {
    @Override
    public StoredResource map(ResultSet row, StatementContext context) throws SQLException {
        return new StoredResource(
                new Resource(
                        row.getString("kind"),
                        row.getString("namespace"),
                        row.getString("name"),
                        row.getObject("uuid", UUID.class),
                        row.getLong("revision"),
                        Json.texts(row.getString("labels")),
                        Json.texts(row.getString("annotations")),
                        Json.parameters(row.getString("spec"))),
                row.getString("origin"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
