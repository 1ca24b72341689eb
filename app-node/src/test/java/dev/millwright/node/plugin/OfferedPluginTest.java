package dev.millwright.node.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferedPluginTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static OfferedPlugin plugin(
            String id, String version, String hash, long size, String form, String kind) {
        return new OfferedPlugin(id, version, ">=0.1.0", hash, size, form, "", List.of(kind));
    }

    @Test
    void theFileIsNamedByTheHash() {
        assertThat(plugin("a", "1.0.0-SNAPSHOT+7", HASH, 1, "zip", "container").file())
                .isEqualTo(HASH + ".zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "a/b", "A", "a\u0000", "a.yaml", "-a"})
    void anIdThatCouldBeAPathIsRefused(String id) {
        assertThatThrownBy(() -> plugin(id, "1.0.0", HASH, 1, "jar", "container"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("its id is odd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../1", "1/2", "1 2"})
    void aVersionThatCouldBeAPathIsRefused(String version) {
        assertThatThrownBy(() -> plugin("a", version, HASH, 1, "jar", "container"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../x", "0123"})
    void whatIsNoHashIsRefused(String hash) {
        assertThatThrownBy(() -> plugin("a", "1.0.0", hash, 1, "jar", "container"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plugin("a", "1.0.0", HASH.toUpperCase(), 1, "jar", "container"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, OfferedPlugin.LARGEST + 1})
    void anOddSizeIsRefused(long size) {
        assertThatThrownBy(() -> plugin("a", "1.0.0", HASH, size, "jar", "container"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOddFormOrKindIsRefused() {
        assertThatThrownBy(() -> plugin("a", "1.0.0", HASH, 1, "sh", "container"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plugin("a", "1.0.0", HASH, 1, "jar", "con\ntainer"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
