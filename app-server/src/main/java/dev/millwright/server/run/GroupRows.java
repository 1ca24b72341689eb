package dev.millwright.server.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/// A concurrency group that has runs waiting.
///
/// Public because JDBI makes it by reflection; nobody else does.
public record GroupRows(String namespace, String group) {
    public static final class Mapper implements RowMapper<GroupRows> {
        @Override
        public GroupRows map(ResultSet row, StatementContext context) throws SQLException {
            return new GroupRows(row.getString("namespace"), row.getString("member"));
        }
    }

    public static final class ActiveMapper implements RowMapper<Statistics.ActiveCount> {
        @Override
        public Statistics.ActiveCount map(ResultSet row, StatementContext context)
                throws SQLException {
            return new Statistics.ActiveCount(
                    row.getString("namespace"),
                    row.getString("pipeline"),
                    row.getString("state"),
                    row.getLong("runs"));
        }
    }

    public static final class CountMapper implements RowMapper<Statistics.PipelineCount> {
        @Override
        public Statistics.PipelineCount map(ResultSet row, StatementContext context)
                throws SQLException {
            return new Statistics.PipelineCount(
                    row.getString("namespace"),
                    row.getString("pipeline"),
                    row.getLong("total"),
                    row.getLong("finished"),
                    row.getLong("succeeded"),
                    row.getLong("failed"),
                    row.getLong("commits"));
        }
    }
}
