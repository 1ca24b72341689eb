package dev.millwright.cli.node;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.node.link.JoinOrder;
import dev.millwright.node.link.JoinRefusedException;
import dev.millwright.node.link.LinkException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to become a node; 'millwright node token' prints it all in one line. One thread.
final class JoinOptions {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "Any server of the cluster (MILLWRIGHT_NODE_SERVER)")
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The one-time token (MILLWRIGHT_NODE_TOKEN)")
    private @Nullable String token;

    @Option(
            names = "--ca",
            paramLabel = "sha256:HASH",
            description = "Hash of the cluster's authority (MILLWRIGHT_NODE_CA)")
    private @Nullable String authority;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the node, unless the token fixes it (MILLWRIGHT_NODE_NAME)")
    private @Nullable String name;

    /// Take the value of an option; false when there is no such option here.
    boolean set(String option, String value) {
        switch (option) {
            case "--server" -> server = value;
            case "--token" -> token = value;
            case "--ca" -> authority = value;
            case "--name" -> name = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Empty when nothing was said about joining.
    Optional<JoinOrder> order(Map<String, String> labels, Surroundings around) {
        Optional<String> address = NodePlaces.value(server, "SERVER", around);
        Optional<String> secret = NodePlaces.value(token, "TOKEN", around);
        Optional<String> hash = NodePlaces.value(authority, "CA", around);
        if (address.isEmpty() && secret.isEmpty() && hash.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new JoinOrder(
                        required(address, "--server"),
                        required(secret, "--token"),
                        required(hash, "--ca"),
                        NodePlaces.value(name, "NAME", around).orElse(""),
                        labels));
    }

    /// What the command says when this machine could not join.
    static CliException failed(LinkException failure) {
        return new CliException(
                failure instanceof JoinRefusedException ? ExitCode.NOT_ALLOWED : ExitCode.SERVER,
                String.valueOf(failure.getMessage()),
                failure);
    }

    private static String required(Optional<String> value, String option) {
        return value.orElseThrow(() ->
                CliException.usage(
                        "%s is missing; --server, --token and --ca belong together, and"
                                        .formatted(option)
                                + " 'millwright node token' on the server prints all"
                                + " three"));
    }
}
