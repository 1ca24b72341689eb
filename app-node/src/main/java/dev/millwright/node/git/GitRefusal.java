package dev.millwright.node.git;

import dev.millwright.node.RepositoryLogin;
import dev.millwright.plugin.Secret;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words for a git command that failed: git's own first, because they name the cause; what to do
/// when credentials are missing; the command last.
final class GitRefusal {
    private static final Pattern CREDENTIALS =
            Pattern.compile(
                    "could not read (Username|Password)|terminal prompts disabled"
                            + "|Permission denied \\(|Authentication failed"
                            + "|HTTP Basic: Access denied|error: 403|Load key ");
    private static final String UNKNOWN_HOST = "Host key verification failed";
    private static final String NONE_GIVEN =
            "\nname credentials in the pipeline's 'repository': 'password' for https, 'key' for ssh;"
                    + " or give the user that runs git here an SSH key that the other side knows,"
                    + " or a credential helper (git config --global credential.helper ...)";
    private static final String NOT_TAKEN =
            "\nthe other side did not take what the pipeline's 'repository' names: see whether the"
                    + " secret behind its 'password' or 'key' still counts and may read this"
                    + " repository, and whether 'user' is right";

    /// As in logs: shorter values are parts of other words.
    private static final int SHORTEST = 4;

    private GitRefusal() {}

    /// @param end how the command ended, such as `ended with exit code 128`
    /// @param login what git was given to prove who asks
    static String message(List<String> arguments, String end, String words, RepositoryLogin login) {
        String cause =
                words.strip()
                        .lines()
                        // Nobody is asked here, and where not is of no use to anybody
                        .filter(line -> !line.contains("askpass"))
                        .collect(Collectors.joining("\n"));
        String text =
                "git %s failed: %s"
                        .formatted(GitCommand.name(arguments), cause.isEmpty() ? end : cause);
        text += advice(words, login);
        return hidden(
                GitUrl.withoutCredentials(
                        "%s\n'git %s' %s".formatted(text, String.join(" ", arguments), end)),
                login);
    }

    private static String advice(String words, RepositoryLogin login) {
        if (words.contains(UNKNOWN_HOST)) {
            return "\nwrite the host's line of known_hosts into 'knownHosts' of the pipeline's"
                    + " 'repository', or into ~/.ssh/known_hosts of the user that runs git here";
        }
        if (CREDENTIALS.matcher(words).find()) {
            return login.secrets().isEmpty() ? NONE_GIVEN : NOT_TAKEN;
        }
        // Forges say so of what somebody may not see
        return !login.secrets().isEmpty() && words.contains("not found") ? NOT_TAKEN : "";
    }

    /// Git does not print them; other sides might.
    private static String hidden(String text, RepositoryLogin login) {
        String hidden = text;
        for (Secret secret : login.secrets()) {
            String value = secret.reveal().strip();
            hidden = value.length() < SHORTEST ? hidden : hidden.replace(value, "******");
        }
        return hidden;
    }
}
