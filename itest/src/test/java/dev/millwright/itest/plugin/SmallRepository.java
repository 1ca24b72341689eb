package dev.millwright.itest.plugin;

import dev.millwright.cli.launch.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A repository on this machine, whose commits are Ada's. One thread.
record SmallRepository(Path folder) {
    private static final Map<String, String> IDENTITY =
            Map.of(
                    "GIT_AUTHOR_NAME", "Ada",
                    "GIT_AUTHOR_EMAIL", "ada@example.org",
                    "GIT_COMMITTER_NAME", "Ada",
                    "GIT_COMMITTER_EMAIL", "ada@example.org",
                    "GIT_CONFIG_NOSYSTEM", "1",
                    "GIT_CONFIG_GLOBAL", "/dev/null");

    static SmallRepository create(Path folder) throws IOException {
        SmallRepository made = new SmallRepository(Files.createDirectories(folder));
        made.git("init", "-q", "--initial-branch=main");
        return made;
    }

    /// Write one file and commit it; gives the commit.
    String commit(String file, String text, String message) throws IOException {
        Files.writeString(folder.resolve(file), text);
        git("add", "-A");
        git("commit", "-q", "--no-gpg-sign", "-m", message);
        return git("rev-parse", "HEAD");
    }

    String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new Tool(folder, IDENTITY).run(command);
    }
}
