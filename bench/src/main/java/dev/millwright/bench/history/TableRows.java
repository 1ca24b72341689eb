package dev.millwright.bench.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of one table that belong to one run.
record TableRows(String table, List<String> columns, List<Row> rows) {
    TableRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// Values in the order of the columns.
    record Row(List<@Nullable Object> values) {}

    /// Gives the value that a copy has in that column instead of the original.
    interface Replacement {
        @Nullable Object of(String table, String column, @Nullable Object original);
    }

    /// @param generated a column that the database fills by itself; empty for none
    static TableRows read(
            Connection connection, String table, String key, UUID run, String generated)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select * from %s where %s = ?".formatted(table, key))) {
            select.setObject(1, run);
            try (ResultSet result = select.executeQuery()) {
                ResultSetMetaData meta = result.getMetaData();
                List<Integer> places = new ArrayList<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    String column = meta.getColumnName(i).toLowerCase(Locale.ROOT);
                    if (!column.equals(generated)) {
                        columns.add(column);
                        places.add(i);
                    }
                }
                while (result.next()) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int place : places) {
                        values.add(value(result, place));
                    }
                    rows.add(new Row(Collections.unmodifiableList(values)));
                }
            }
        }
        return new TableRows(table, columns, rows);
    }

    private static @Nullable Object value(ResultSet result, int place) throws SQLException {
        int type = result.getMetaData().getColumnType(place);
        // PostgreSQL's driver names every point in time so
        return type == Types.TIMESTAMP_WITH_TIMEZONE || type == Types.TIMESTAMP
                ? result.getObject(place, OffsetDateTime.class)
                : result.getObject(place);
    }

    PreparedStatement prepareInsert(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "insert into %s (%s) values (%s)"
                        .formatted(
                                table,
                                String.join(", ", columns),
                                String.join(", ", Collections.nCopies(columns.size(), "?"))));
    }

    /// Add a copy of each row to the batch.
    void addTo(PreparedStatement insert, Replacement replacement) throws SQLException {
        for (Row row : rows) {
            for (int i = 0; i < columns.size(); i++) {
                insert.setObject(i + 1, replacement.of(table, columns.get(i), row.values().get(i)));
            }
            insert.addBatch();
        }
    }
}
