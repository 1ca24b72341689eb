package dev.millwright.gitpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.plugin.poll.PollResult;
import java.nio.file.Path;
import java.util.List;

/// One look in a process of its own, whose environment knows an `ssh-agent`, or none.
final class LookWithAgent {
    private LookWithAgent() {}

    /// What the look came to, in its own words.
    ///
    /// @param socket of the agent; empty for none
    static String at(String url, String knownHost, String socket) throws Exception {
        ProcessBuilder look =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                LookWithAgent.class.getName(),
                                url,
                                knownHost)
                        .redirectErrorStream(true);
        look.environment().remove("SSH_AUTH_SOCK");
        if (!socket.isEmpty()) {
            look.environment().put("SSH_AUTH_SOCK", socket);
        }
        Process process = look.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() == 0 ? said : "the process failed: " + said;
    }

    /// @param arguments address and known host
    public static void main(String... arguments) throws Exception {
        try (Looking looking = Looking.with("timeout: 20s\nhosts: [127.0.0.1]\n")) {
            PollResult result = looking.at(arguments[0], "knownHosts", List.of(arguments[1]));
            System.out.println(result);
        }
    }
}
