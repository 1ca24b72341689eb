package dev.millwright.cli.command;

import dev.millwright.api.MillwrightClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that talks to a server. One thread.
public final class ServerOptions {
    private static final String DEFAULT_SERVER = "http://127.0.0.1:8080";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Server to talk to (MILLWRIGHT_SERVER; default: " + DEFAULT_SERVER + ")")
    private @Nullable String server;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Access key (MILLWRIGHT_KEY; better there than here, where everybody sees it). "
                            + "For a server on this machine its own key file is read.")
    private @Nullable String key;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Server, key and namespace from ~/.config/millwright/contexts.yaml")
    private @Nullable String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Namespace (MILLWRIGHT_NAMESPACE; default: default)")
    private @Nullable String namespace;

    private @Nullable Context chosen;

    /// Make a client. Nothing is sent yet.
    public MillwrightClient connect(Surroundings around) {
        URI address = server(around);
        return MillwrightClient.create(address, key(address, around));
    }

    public URI server(Surroundings around) {
        String text = server;
        if (text == null) {
            text = around.variable("MILLWRIGHT_SERVER").orElse(context(around).server());
        }
        String full = text.isEmpty() ? DEFAULT_SERVER : text;
        try {
            URI address = URI.create(full.contains("://") ? full : "http://" + full);
            if (address.getHost() != null && address.getScheme().matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below, as for every other address that is none.
        }
        throw CliException.usage(
                "'%s' is not the address of a server; addresses look like %s"
                        .formatted(full, DEFAULT_SERVER));
    }

    private String key(URI address, Surroundings around) {
        if (key != null) {
            return key;
        }
        String known = around.variable("MILLWRIGHT_KEY").orElse(context(around).key());
        return known.isEmpty() ? LocalKey.find(address, around).orElse("") : known;
    }

    /// The namespace to work in.
    public String namespace(Surroundings around) {
        if (namespace != null) {
            return namespace;
        }
        String known = around.variable("MILLWRIGHT_NAMESPACE").orElse(context(around).namespace());
        return known.isEmpty() ? "default" : known;
    }

    private Context context(Surroundings around) {
        Context known = chosen;
        if (known == null) {
            known = Context.load(context, around);
            chosen = known;
        }
        return known;
    }
}
