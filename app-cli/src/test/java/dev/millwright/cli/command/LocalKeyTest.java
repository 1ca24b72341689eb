package dev.millwright.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeyTest {
    private static final URI HERE = URI.create("http://127.0.0.1:8080");

    @TempDir private Path folder;

    private Surroundings around(Map<String, String> environment) {
        return new Surroundings(
                Terminal.plain(
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Symbols.ASCII),
                InputStream.nullInputStream(),
                environment,
                folder);
    }

    private Path key(String directory, String key) throws Exception {
        Path data = Files.createDirectories(folder.resolve(directory));
        Files.writeString(data.resolve("admin.key"), key + "\n");
        return data;
    }

    @Test
    void theDataDirectoryOfTheEnvironmentWins() throws Exception {
        Path named = key("named", "one");
        key("home/.local/share/millwright", "two");
        String home = folder.resolve("home").toString();

        assertThat(
                        LocalKey.find(
                                HERE,
                                around(
                                        Map.of(
                                                "MILLWRIGHT_DATA_DIR",
                                                named.toString(),
                                                "HOME",
                                                home))))
                .contains("one");
        assertThat(LocalKey.find(HERE, around(Map.of("HOME", home)))).contains("two");
    }

    @Test
    void theDataDirectoryOfTheConfigurationFileIsUsed() throws Exception {
        key("there", "three");
        Files.writeString(folder.resolve("millwright.yaml"), "port: 80\ndata-dir: there # mine\n");

        assertThat(LocalKey.find(HERE, around(Map.of()))).contains("three");
    }

    @Test
    void anotherMachineNeverSeesTheKeyOfThisOne() throws Exception {
        Path named = key("named", "one");
        var around = around(Map.of("MILLWRIGHT_DATA_DIR", named.toString()));

        assertThat(LocalKey.find(URI.create("https://ci.example.org"), around)).isEmpty();
        assertThat(LocalKey.find(URI.create("http://127.0.0.1.example.org"), around)).isEmpty();
        assertThat(LocalKey.find(URI.create("http://localhost:1"), around)).contains("one");
    }
}
