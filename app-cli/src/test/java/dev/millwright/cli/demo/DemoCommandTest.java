package dev.millwright.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import dev.millwright.cli.CliProcess;
import dev.millwright.cli.launch.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir private Path folder;

    /// A demo whose server does not come up.
    private Cli.Result keep(Path place) throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(plugins.resolve("github-webhook.jar"), "the plugin");
        String server = "echo no luck; exit 5";
        return CliProcess.run(
                folder,
                server,
                Map.of("LC_ALL", "C.UTF-8", "DOCKER_HOST", "unix:///none"),
                "demo",
                "--keep",
                place.toString());
    }

    @Test
    void aDemoThatWasKeptGoesOnWithWhatIsThere() throws Exception {
        Path place = Files.createDirectories(folder.resolve("demo")).toRealPath();
        DemoRepository repository = DemoRepository.create(place);
        String commit = repository.pushFirst(false);
        Path draft = Files.writeString(repository.workingCopy().resolve("draft"), "mine");
        Path moved = Files.move(place, place.resolveSibling("moved"));

        var result = keep(moved);

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out())
                .startsWith("✔ repository    " + moved.resolve("greeter.git") + "\n")
                .contains(" ended with exit code ")
                .contains(" before it was ready")
                .contains("no luck");
        assertThat(moved.resolve("greeter").resolve(draft.getFileName())).hasContent("mine");
        Tool git = Tool.in(moved.resolve("greeter"));
        assertThat(git.run("git", "ls-remote", "origin", "main")).startsWith(commit);
        assertThat(moved.resolve("data/plugins/github-webhook.jar")).hasContent("the plugin");
    }

    @Test
    void aPartOfADemoIsNoDemo() throws Exception {
        Files.createDirectories(folder.resolve("demo/greeter.git"));

        var result = keep(folder.resolve("demo"));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("holds a part of a demo; name another folder");
    }
}
