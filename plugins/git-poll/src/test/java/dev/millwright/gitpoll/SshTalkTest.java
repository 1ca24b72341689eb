package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshTalkTest {
    @TempDir Path folder;

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aKeyIsInAFileOfItsOwnerAndOnlyAsLongAsTheLookLasts() throws Exception {
        GitPoll poll =
                new GitPoll(
                        Optional.empty(),
                        List.of("**"),
                        List.of(),
                        GitPoll.Commits.NEWEST,
                        "git",
                        Optional.empty(),
                        Optional.of(Secret.of("the key")),
                        List.of("git.example.org ssh-ed25519 AAAA"));
        try (Budget budget = Budget.start(Duration.ofSeconds(20), 1_000);
                SshTalk talk =
                        new SshTalk(
                                poll,
                                NetworkWall.allowing(List.of("*.example.org")),
                                folder,
                                budget)) {
            var _ =
                    talk.getSession(
                            new URIish("ssh://git@git.example.org/a.git"), null, FS.DETECTED, 1);
            assertThat(files()).hasSize(2);
            for (Path file : files()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(files()).isEmpty();
    }
}
