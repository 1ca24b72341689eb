package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks for what must not be written down.
///
/// @param wanted whether a text holds it
record Traces(Predicate<String> wanted) {

    /// Files of a folder, but not those of one folder in it.
    List<Path> files(Path folder, Path without) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.startsWith(without))
                    .filter(Files::isRegularFile)
                    .filter(this::isIn)
                    .toList();
        }
    }

    private boolean isIn(Path file) {
        try {
            return wanted.test(Files.readString(file, ISO_8859_1));
        } catch (IOException gone) {
            return false;
        }
    }

    /// Cells of all tables. Packed ones look harmless in the file.
    List<String> cells(Database database) throws SQLException {
        List<String> found = new ArrayList<>();
        int cells = 0;
        try (Connection connection = database.dataSource().getConnection();
                Statement tables = connection.createStatement();
                ResultSet table =
                        tables.executeQuery(
                                "select table_schema, table_name from information_schema.tables"
                                        + " where table_type = 'BASE TABLE'"
                                        + " and table_schema <> 'INFORMATION_SCHEMA'")) {
            while (table.next()) {
                String name = "\"%s\".\"%s\"".formatted(table.getString(1), table.getString(2));
                try (Statement select = connection.createStatement();
                        ResultSet rows = select.executeQuery("select * from " + name)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            cells++;
                            if (isIn(rows, i)) {
                                found.add(name + "." + rows.getMetaData().getColumnName(i));
                            }
                        }
                    }
                }
            }
        }
        assertThat(cells).isGreaterThan(100);
        return found;
    }

    private boolean isIn(ResultSet rows, int column) throws SQLException {
        Object cell = rows.getObject(column);
        if (cell instanceof byte[] bytes) {
            return wanted.test(new String(bytes, ISO_8859_1));
        }
        String text = rows.getString(column);
        return text != null && wanted.test(text);
    }
}
