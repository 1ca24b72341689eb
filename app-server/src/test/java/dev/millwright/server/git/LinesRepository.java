package dev.millwright.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.host.Extensions;
import dev.millwright.host.format.FileFormats;
import dev.millwright.host.use.Point;
import dev.millwright.node.git.GitCache;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.git.GitSettings;
import dev.millwright.plugin.NetworkWall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A real repository of the `git` command, and what reads pipelines from it: Millwright's own, and
/// those of [LinesFormat].
///
/// @param work the working copy
/// @param files reads it through a cache of its own
public record LinesRepository(Path work, PipelineFiles files) {
    /// An empty one, in an empty folder.
    public static LinesRepository create(Path folder) throws Exception {
        GitSettings settings =
                new GitSettings(
                        true, true, Duration.ofSeconds(60), NetworkWall.OPEN, GitLimits.DEFAULT);
        FileFormats formats =
                FileFormats.of(
                        Extensions.withoutPlugins().add(Point.FORMAT, new LinesFormat()),
                        reference -> Optional.empty());
        LinesRepository made =
                new LinesRepository(
                        Files.createDirectory(folder.resolve("work")),
                        PipelineFiles.create(
                                GitCache.create(folder.resolve("cache"), settings),
                                PipelineReader.create(),
                                formats));
        var _ = made.git("init", "-q", "-b", "main");
        return made;
    }

    /// Write a file and commit it; gives the commit.
    public String commit(String file, String text) throws Exception {
        Path path = work.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        var _ = git("add", "-A");
        var _ = git("commit", "-q", "--allow-empty", "-m", "Change");
        return git("rev-parse", "HEAD");
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=Test"));
        command.addAll(List.of("-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }
}
