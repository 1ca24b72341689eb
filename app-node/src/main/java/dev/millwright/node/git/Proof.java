package dev.millwright.node.git;

import dev.millwright.node.RepositoryLogin;
import dev.millwright.plugin.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one git command gets so that it can prove to one host who asks: settings that name no
/// secret, and variables that hold them. Other hosts, to which a redirect, a submodule or large
/// files may lead, are shown nothing. A key lies in a file until this is closed.
///
/// @param options of git, as `-c` takes them
/// @param files to be deleted
record Proof(
        List<String> options, Map<String, String> variables, List<Path> files, ProofFiles folder)
        implements AutoCloseable {
    private static final Pattern WEB =
            Pattern.compile("(?i)(?<scheme>https?)://(?<host>[a-z0-9._:\\[\\]-]+)(/.*)?");

    /// Prints what git asks for; git remembers nothing by it.
    private static final String HELPER =
            """
            !f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' \
            "$MILLWRIGHT_GIT_USER" "$MILLWRIGHT_GIT_PASSWORD"; }; f\
            """;

    /// The last but one argument is the host. Others are reached as if there were no key.
    private static final String SSH =
            """
            f() { host=; last=; for each; do host=$last; last=$each; done; \
            if test "${host#*@}" = "$MILLWRIGHT_GIT_HOST"; \
            then eval "$MILLWRIGHT_GIT_SSH $MILLWRIGHT_GIT_PROOF \\"\\$@\\""; \
            else eval "$MILLWRIGHT_GIT_SSH \\"\\$@\\""; fi; }; f\
            """;

    /// Who asks, and for what.
    ///
    /// @param url what the pipeline names, never what came with a webhook
    record Source(String url, RepositoryLogin login, ProofFiles files) {
        static final Source NOBODY =
                new Source("", RepositoryLogin.NONE, new ProofFiles(Path.of("")));

        /// @param environment what git has besides
        Proof open(Map<String, String> environment) {
            Matcher web = WEB.matcher(url);
            if (web.matches() && login.password().isPresent()) {
                return web(web, login.user(), login.password().get());
            }
            boolean proves = login.key().isPresent() || !login.knownHosts().isEmpty();
            Optional<String> host = GitUrl.host(url).filter(_ -> proves && !web.matches());
            return host.isPresent()
                    ? ssh(host.get(), environment)
                    : new Proof(List.of(), Map.of(), List.of(), files);
        }

        private Proof web(Matcher web, String user, Secret password) {
            String word = password.reveal().strip();
            if (word.isEmpty() || (user + word).chars().anyMatch(c -> c < ' ')) {
                throw new GitException(
                        "the secret behind 'password' of the pipeline's 'repository' is no"
                                + " password: it is empty or has several lines");
            }
            String section = "credential.%s://%s.helper=".formatted(web.group(1), web.group(2));
            return new Proof(
                    // The empty one takes away the helpers that the machine has for this host
                    List.of(section, section + HELPER),
                    Map.of("MILLWRIGHT_GIT_USER", user, "MILLWRIGHT_GIT_PASSWORD", word),
                    List.of(),
                    files);
        }

        private Proof ssh(String host, Map<String, String> environment) {
            List<Path> written = new ArrayList<>();
            StringBuilder options = new StringBuilder("-oBatchMode=yes");
            login.key()
                    .ifPresent(key -> {
                        Path file = files.write(key.reveal().strip() + "\n");
                        written.add(file);
                        options.append(" -oIdentitiesOnly=yes -oIdentityFile=")
                                .append(quoted(file));
                    });
            if (!login.knownHosts().isEmpty()) {
                Path file = files.write(String.join("\n", login.knownHosts()) + "\n");
                written.add(file);
                options.append(" -oStrictHostKeyChecking=yes -oGlobalKnownHostsFile=/dev/null")
                        .append(" -oUserKnownHostsFile=")
                        .append(quoted(file));
            }
            Map<String, String> variables = new TreeMap<>();
            variables.put("MILLWRIGHT_GIT_SSH", environment.getOrDefault("GIT_SSH_COMMAND", "ssh"));
            variables.put("MILLWRIGHT_GIT_HOST", host);
            variables.put("MILLWRIGHT_GIT_PROOF", options.toString());
            variables.put("GIT_SSH_COMMAND", SSH);
            // It would look at the name of the program, which is a shell's function here
            variables.put("GIT_SSH_VARIANT", "ssh");
            return new Proof(List.of(), variables, List.copyOf(written), files);
        }

        /// For the shell, and within that for ssh.
        private static String quoted(Path file) {
            String forSsh = '"' + file.toString().replace("%", "%%") + '"';
            return "'" + forSsh.replace("'", "'\\''") + "'";
        }
    }

    @Override
    public void close() {
        files.forEach(folder::delete);
    }

    /// Without the variables, which hold values.
    @Override
    public String toString() {
        return "proof" + options;
    }
}
