package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.node.workspace.RootLock;
import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeAgentCommandsTest {
    private static final String HASH = "sha256:" + "0".repeat(64);

    @TempDir Path folder;

    @Test
    void joiningNeedsServerTokenAndAuthority() {
        var nothing = new Cli().run("node", "join", "--root", folder.toString());
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("which cluster?", "millwright node token");

        var half = new Cli().run("node", "join", "--server", "h:1", "--token", "t");
        assertThat(half.code()).isEqualTo(2);
        assertThat(half.err()).contains("--ca is missing");
    }

    @Test
    void wrongAddressesHashesAndLabelsAreRefused() {
        assertThat(join("nowhere", HASH, "a=b").err()).contains("not the address of a server");
        assertThat(join("h:1", "sha256:12", "a=b").err()).contains("not the hash of an authority");
        assertThat(join("h:1", HASH, "fast").err()).contains("'fast' is not a label");
    }

    private Cli.Result join(String server, String hash, String labels) {
        var result =
                new Cli()
                        .with("MILLWRIGHT_NODE_TOKEN", "secret")
                        .with("MILLWRIGHT_NODE_ROOT", folder.toString())
                        .run("node", "join", "--server", server, "--ca", hash, "--labels", labels);
        assertThat(result.code()).isEqualTo(2);
        return result;
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        String address = "127.0.0.1:" + Ports.free();
        var result =
                new Cli()
                        .with("MILLWRIGHT_NODE_SERVER", address)
                        .with("MILLWRIGHT_NODE_TOKEN", "secret")
                        .with("MILLWRIGHT_NODE_CA", HASH)
                        .run("node", "join", "--root", folder.toString());
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("nothing answers at " + address).doesNotContain("secret");
    }

    @Test
    void aWorkspaceRootInUseIsRefusedBeforeTheTokenIsUsed() throws IOException {
        Path inUse = folder.resolve("w");
        Files.createDirectories(inUse);
        try (RootLock _ = RootLock.take(inUse, "workspace root", "--workspace-root")) {
            var result =
                    new Cli()
                            .with("MILLWRIGHT_NODE_SERVER", "127.0.0.1:" + Ports.free())
                            .with("MILLWRIGHT_NODE_TOKEN", "secret")
                            .with("MILLWRIGHT_NODE_CA", HASH)
                            .with("MILLWRIGHT_NODE_ROOT", folder.resolve("n").toString())
                            .with("MILLWRIGHT_NODE_WORKSPACE_ROOT", inUse.toString())
                            .run("node", "run");
            assertThat(result.err())
                    .contains("the workspace root " + inUse.toRealPath() + " is in use by process")
                    .doesNotContain("nothing answers");
        }
    }

    @Test
    void aMachineThatIsNoNodeIsToldHowToBecomeOne() {
        var result = new Cli().run("node", "run", "--root", folder.resolve("n").toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("holds no node yet", "millwright node token", "--server HOST:PORT");
    }

    /// What reads command lines would stay in its memory for days.
    @Test
    void anAgentDoesNotLoadWhatReadsCommandLines() throws Exception {
        Path classes = folder.resolve("classes");
        var result =
                CliProcess.run(
                        folder,
                        "exit 1",
                        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes),
                        "node",
                        "run",
                        "--root",
                        folder.resolve("n").toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("holds no node yet");
        assertThat(Files.readString(classes))
                .contains("dev.millwright.cli.node.NodeRunCommand ")
                .doesNotContain(" picocli.");
    }

    @Test
    void aWordTooManyIsToldAsOne() {
        var result = new Cli().run("node", "join", "--server", "h:1", "--token", "t", HASH);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith(
                        "error: '%s' is one word too many\nwas the line pasted whole?"
                                .formatted(HASH));
    }

    @Test
    void amountsAreChecked() {
        assertThat(new Cli().run("node", "run", "--slots", "0").err())
                .contains("--slots: '0' is not a whole number from 1");
        assertThat(new Cli().run("node", "run", "--spool-limit", "lots").err())
                .contains("--spool-limit: 'lots' is not a size");
        assertThat(new Cli().run("node", "run", "--repository-limit", "huge").err())
                .contains("--repository-limit: 'huge' is not a size");
        assertThat(new Cli().run("node", "run", "--workspace-limit", "huge").err())
                .contains("--workspace-limit: 'huge' is not a size");
        assertThat(new Cli().with("MILLWRIGHT_NODE_WORKSPACE_FILES", "0").run("node", "run").err())
                .contains("MILLWRIGHT_NODE_WORKSPACE_FILES: '0' is not a whole number from 1");
        assertThat(new Cli().with("MILLWRIGHT_NODE_LONGEST_PAUSE", "soon").run("node", "run").err())
                .contains("MILLWRIGHT_NODE_LONGEST_PAUSE: 'soon' is not a time");
    }

    @Test
    void whetherPluginsAreTakenIsChecked() {
        String root = folder.resolve("n").toString();
        assertThat(new Cli().run("node", "run", "--no-plugins=perhaps", "--root", root).err())
                .contains("--no-plugins is true or false, not 'perhaps'");
        assertThat(new Cli().run("node", "run", "--no-plugins", "--root", root).err())
                .contains("holds no node yet");
        assertThat(
                        new Cli()
                                .with("MILLWRIGHT_NODE_NO_PLUGINS", "yes")
                                .run("node", "run", "--root", root)
                                .err())
                .contains("--no-plugins is true or false, not 'yes'");
    }

    @Test
    void helpTellsOfBoth() {
        assertThat(new Cli().run("node", "--help").out()).contains("join", "run", "drain");
        assertThat(new Cli().run("node", "run", "--help").out())
                .contains("--workspace-root", "--slots", "Opens no port");
    }
}
