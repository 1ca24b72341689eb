package dev.millwright.gitpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;

/// Asks the machine's own Git for credentials: its helpers and stores, and no person.
final class MachineLogins {
    private static final int MOST = 64 * 1024;

    private MachineLogins() {}

    /// Empty when there is no Git, or when it knows none.
    ///
    /// @param environment further variables for Git
    static Optional<Credentials.Login> find(
            Address address, Budget budget, Map<String, String> environment) {
        ProcessBuilder git =
                new ProcessBuilder("git", "-c", "core.askPass=", "credential", "fill")
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        git.environment().putAll(environment);
        git.environment().put("GIT_TERMINAL_PROMPT", "0");
        git.environment().remove("GIT_ASKPASS");
        git.environment().remove("SSH_ASKPASS");
        try {
            Process process = git.start();
            budget.own(process::destroyForcibly);
            try (var in = process.getOutputStream()) {
                in.write(question(address).getBytes(UTF_8));
            }
            String answer = new String(process.getInputStream().readNBytes(MOST), UTF_8);
            process.destroyForcibly();
            return login(answer);
        } catch (IOException without) {
            return Optional.empty();
        }
    }

    private static String question(Address address) {
        URIish uri = address.uri();
        String path = String.valueOf(uri.getPath()).replaceFirst("^/", "");
        String user = address.user().map("username=%s\n"::formatted).orElse("");
        return "protocol=%s\nhost=%s\npath=%s\n%s\n"
                .formatted(uri.getScheme(), address.host(), path, user);
    }

    private static Optional<Credentials.Login> login(String answer) {
        Map<String, String> fields = new HashMap<>();
        answer.lines()
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line -> {
                    int at = line.indexOf('=');
                    fields.put(line.substring(0, at), line.substring(at + 1));
                });
        return fields.containsKey("username") && fields.containsKey("password")
                ? Optional.of(
                        new Credentials.Login(
                                fields.getOrDefault("username", ""),
                                fields.getOrDefault("password", "")))
                : Optional.empty();
    }
}
