package dev.millwright.node.git;

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
                            + "|Host key verification failed");

    private GitRefusal() {}

    /// @param end how the command ended, such as `ended with exit code 128`
    static String message(List<String> arguments, String end, String words) {
        String cause =
                words.strip()
                        .lines()
                        // Nobody is asked here, and where not is of no use to anybody
                        .filter(line -> !line.contains("askpass"))
                        .collect(Collectors.joining("\n"));
        String text =
                "git %s failed: %s".formatted(command(arguments), cause.isEmpty() ? end : cause);
        if (CREDENTIALS.matcher(words).find()) {
            text +=
                    "\ngive the user that runs the server on this machine an SSH key that the other"
                            + " side knows, or a credential helper (git config --global"
                            + " credential.helper ...)";
        }
        return GitUrl.withoutCredentials(
                "%s\n'git %s' %s".formatted(text, String.join(" ", arguments), end));
    }

    private static String command(List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).equals("-c")) {
            at += 2;
        }
        return at < arguments.size() ? arguments.get(at) : "";
    }
}
