package dev.millwright.node.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFetchTest {
    @TempDir Path root;

    private final byte[] file = new byte[3 * PluginFetch.PART + 7];
    private final List<Long> asked = new ArrayList<>();
    private PluginFolder folder;
    private PluginFetch fetch;
    private String full = "";
    private boolean broken;
    private byte[] given = file;

    @BeforeEach
    void prepare() throws IOException {
        new Random(7).nextBytes(file);
        folder = new PluginFolder(root);
        folder.prepare();
        fetch = new PluginFetch(folder, () -> full);
    }

    private OfferedPlugin plugin() throws Exception {
        return plugin(">=0.1.0 & <0.2.0");
    }

    private OfferedPlugin plugin(String requires) throws Exception {
        String hash = Sha256.hex(file);
        return new OfferedPlugin(
                "one", "1.0.0", requires, hash, file.length, "jar", "c2ln", List.of("carrying"));
    }

    private byte[] part(String hash, long offset, int length) {
        asked.add(offset);
        if (broken) {
            throw new PluginSourceException("the line broke", null);
        }
        int from = (int) Math.min(offset, given.length);
        return Arrays.copyOfRange(given, from, Math.min(given.length, from + length));
    }

    private void fetch(OfferedPlugin plugin) throws InterruptedException {
        fetch.fetch(plugin, this::part, () -> false);
    }

    private List<String> files() throws IOException {
        try (var all = Files.list(root.resolve("plugins"))) {
            return all.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatComesWholeIsStoredUnderItsHashWithItsSignature() throws Exception {
        fetch(plugin());

        assertThat(fetch.problem(plugin())).isEmpty();
        assertThat(files()).containsExactly(plugin().file(), plugin().file() + ".sig");
        assertThat(root.resolve("plugins").resolve(plugin().file())).hasBinaryContent(file);
        assertThat(asked).hasSize(4);
    }

    @Test
    void whatWasBrokenOffGoesOnWhereItStopped() throws Exception {
        fetch.fetch(plugin(), this::part, () -> true);
        assertThat(folder.has(plugin())).isFalse();

        broken = true;
        fetch(plugin());
        assertThat(fetch.problem(plugin()).orElseThrow())
                .isEqualTo("it cannot be fetched at the moment: the line broke");
        broken = false;
        fetch.forgetProblems();
        fetch(plugin());

        assertThat(root.resolve("plugins").resolve(plugin().file())).hasBinaryContent(file);
        long part = PluginFetch.PART;
        assertThat(asked).startsWith(0L, part, part, part + part / 2).hasSizeLessThan(7);
    }

    @Test
    void whatDoesNotHaveTheHashIsThrownAwayAndNotAskedForAtOnce() throws Exception {
        given = file.clone();
        given[1000]++;

        fetch(plugin());
        fetch(plugin());

        assertThat(files()).isEmpty();
        assertThat(fetch.problem(plugin()).orElseThrow())
                .contains("does not have the hash " + plugin().sha256());
        assertThat(asked).hasSize(4);
    }

    @Test
    void aFileThatEndsTooSoonOrBringsTooMuchIsThrownAway() throws Exception {
        given = Arrays.copyOf(file, PluginFetch.PART + 5);
        fetch(plugin());
        assertThat(fetch.problem(plugin()).orElseThrow()).contains("gives another file");
        assertThat(files()).isEmpty();

        fetch.forgetProblems();
        fetch.fetch(plugin(), (_, _, length) -> new byte[length + 1], () -> false);
        assertThat(fetch.problem(plugin()).orElseThrow()).contains("gives another file");
        assertThat(files()).isEmpty();
    }

    @Test
    void nothingIsFetchedOntoAFullDisk() throws Exception {
        full = "the disk is full";

        fetch(plugin());

        assertThat(asked).isEmpty();
        assertThat(fetch.problem(plugin()).orElseThrow()).contains("the disk is full");
    }

    @Test
    void whatNeedsAnotherApiIsNotFetched() throws Exception {
        fetch(plugin(">=9.0.0"));

        assertThat(asked).isEmpty();
        assertThat(fetch.problem(plugin(">=9.0.0")).orElseThrow())
                .contains("needs the plugin API >=9.0.0");
    }

    @Test
    void partsOfAnEarlierLifeAreForgotten() throws Exception {
        fetch.fetch(plugin(), this::part, () -> true);
        assertThat(files()).hasSize(1);

        new PluginFolder(root).prepare();

        assertThat(files()).isEmpty();
    }
}
