package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainDataSourceTest {
    @TempDir Path folder;

    @Test
    void aPoolMaySayHowLongItWaitsForAConnectionThatIsUnderWay() throws SQLException {
        try (HikariDataSource pool =
                Pool.embedded("jdbc:h2:" + folder.resolve("db"), new Properties(), 2, () -> {})) {
            pool.getConnection().close();
            assertThat(pool.getDataSource().getLoginTimeout())
                    .isEqualTo(Pool.TIMEOUT_MILLIS / 1_000);
        }
    }
}
