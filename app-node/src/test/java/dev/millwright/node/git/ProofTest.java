package dev.millwright.node.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.node.RepositoryLogin;
import dev.millwright.node.process.Command;
import dev.millwright.node.process.CommandResult;
import dev.millwright.plugin.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What git is given for ssh, called as git calls it, with a program in place of `ssh` that prints
/// what it is told.
final class ProofTest {
    @TempDir Path folder;
    private Path ssh;

    @BeforeEach
    void makeProgram() throws Exception {
        ssh =
                Files.writeString(
                        folder.resolve("fake ssh"),
                        """
                        #!/bin/sh
                        for each; do echo "<$each>"; done
                        for each; do case "$each" in -oIdentityFile=*)
                            file=${each#*=\\"}; cat "${file%\\"}";;
                        esac; done
                        """,
                        UTF_8);
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
    }

    private static RepositoryLogin login() {
        return new RepositoryLogin(
                "0".repeat(32), "git", null, Secret.of("the key\n\n"), List.of("h ssh k"), true);
    }

    private Proof proof(String url) {
        return new Proof.Source(url, login(), new ProofFiles(folder.resolve("its keys")))
                .open(Map.of("GIT_SSH_COMMAND", "'" + ssh + "' -F none"));
    }

    private String call(Proof proof, String... arguments) throws Exception {
        String command = proof.variables().getOrDefault("GIT_SSH_COMMAND", "false");
        List<String> argv = new ArrayList<>(List.of("sh", "-c", command + " \"$@\"", command));
        argv.addAll(List.of(arguments));
        Map<String, String> variables = new TreeMap<>(proof.variables());
        variables.put("PATH", System.getenv("PATH"));
        CommandResult result = new Command(argv, folder, variables, Duration.ofSeconds(20)).run();
        assertThat(result.isSuccess()).as(result.err()).isTrue();
        return result.out();
    }

    @Test
    void itsHostIsShownTheKeyFromAFileOfTheOwnerThatIsGoneAfterwards() throws Exception {
        Path key;
        try (Proof proof = proof("git@host.example.org:team/app.git")) {
            String told =
                    call(proof, "-o", "SendEnv=GIT_PROTOCOL", "git@host.example.org", "do 'it'");
            assertThat(told)
                    .startsWith("<-F>\n<none>\n")
                    .contains("<-oIdentitiesOnly=yes>", "<-oBatchMode=yes>")
                    .contains("<-oStrictHostKeyChecking=yes>")
                    .contains("<git@host.example.org>\n<do 'it'>\nthe key\n");
            assertThat(proof.files()).hasSize(2);
            for (Path file : proof.files()) {
                assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
            key = proof.files().getFirst();
            assertThat(key).hasContent("the key");
            assertThat(proof.files().getLast()).hasContent("h ssh k");
            assertThat(proof.variables().toString()).doesNotContain("the key");
        }
        assertThat(key).doesNotExist();
        assertThat(folder.resolve("its keys")).isEmptyDirectory();
    }

    /// Git itself, with a program in place of `ssh` that does on this machine what it is asked for.
    @Test
    void gitReachesARepositoryWithIt() throws Exception {
        Path web = folder.resolve("web");
        TestGit.init(web);
        String commit = TestGit.commit(web, "one");
        Path here = folder.resolve("here");
        Files.writeString(
                here,
                """
                #!/bin/sh
                echo "$*" >> "%s"
                for last; do :; done
                exec sh -c "$last"
                """
                        .formatted(folder.resolve("told")));
        Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwx------"));
        Proof.Source source =
                new Proof.Source(
                        "ssh://git@host.example.org:2222" + web,
                        login(),
                        new ProofFiles(folder.resolve("keys")));
        try (Proof proof = source.open(Map.of("GIT_SSH_COMMAND", here.toString()))) {
            Map<String, String> variables = new TreeMap<>(proof.variables());
            variables.put("PATH", System.getenv("PATH"));
            CommandResult result =
                    new Command(
                                    List.of("git", "ls-remote", source.url(), "main"),
                                    folder,
                                    variables,
                                    Duration.ofSeconds(20))
                            .run();
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).contains(commit);
        }
        assertThat(folder.resolve("told"))
                .content()
                .contains("-oIdentityFile=\"", "-p 2222 git@host.example.org git-upload-pack");
    }

    @Test
    void anotherHostIsShownNoKey() throws Exception {
        try (Proof proof = proof("ssh://git@host.example.org:2222/team/app.git")) {
            assertThat(call(proof, "-p", "2222", "git@elsewhere.example.org", "do"))
                    .isEqualTo("<-F>\n<none>\n<-p>\n<2222>\n<git@elsewhere.example.org>\n<do>\n");
        }
    }

    @Test
    void aKeyIsNothingForTheWebAndAPasswordNothingForSsh() {
        try (Proof proof = proof("https://host.example.org/app.git")) {
            assertThat(proof.variables()).isEmpty();
            assertThat(proof.options()).isEmpty();
        }
        RepositoryLogin password =
                new RepositoryLogin(
                        "0".repeat(32), "git", Secret.of("word"), null, List.of(), true);
        try (Proof proof =
                new Proof.Source("https://h/a.git", password, new ProofFiles(folder))
                        .open(Map.of())) {
            assertThat(proof.variables()).containsValue("word");
            assertThat(proof.toString()).contains("credential.https://h.helper=");
            assertThat(proof.toString()).doesNotContain("word=word", "MILLWRIGHT_GIT_PASSWORD=");
        }
        try (Proof proof =
                new Proof.Source("git@h:a.git", password, new ProofFiles(folder)).open(Map.of())) {
            assertThat(proof.variables()).isEmpty();
        }
    }
}
