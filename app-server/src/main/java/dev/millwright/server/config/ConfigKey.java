package dev.millwright.server.config;

import dev.millwright.engine.schema.Durations;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One setting. The table of all of them drives files, variables, flags, checks and the docs.
///
/// @param name kebab-case with dots, such as `database.url`
/// @param fallback the default in text form; empty for none
/// @param doc one sentence for people
record ConfigKey(String name, Form form, String fallback, String doc) {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB|TiB)?");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /// What a value looks like.
    enum Form {
        TEXT,
        SECRET,
        PATH,
        ADDRESS,
        PORT,
        COUNT,
        FLAG,
        DURATION,
        SIZE,
        LEVEL,
        NAME,
        WORDS
    }

    static final List<ConfigKey> ALL =
            List.of(
                    key(
                            "data-dir",
                            Form.PATH,
                            "",
                            "Where the server keeps everything that must outlive it."),
                    key(
                            "bind-address",
                            Form.TEXT,
                            "127.0.0.1",
                            "The address to listen on; another than loopback needs `insecure`."),
                    key("port", Form.PORT, "8080", "The port to listen on; 0 for any free one."),
                    key(
                            "base-url",
                            Form.ADDRESS,
                            "",
                            "How users reach the server, when that is not its own address."),
                    key(
                            "insecure",
                            Form.FLAG,
                            "false",
                            "Allow an address other than loopback without TLS."),
                    key(
                            "database.url",
                            Form.TEXT,
                            "",
                            "JDBC address of a PostgreSQL database; empty for the embedded one."),
                    key("database.user", Form.TEXT, "", "The database's user."),
                    key(
                            "database.password",
                            Form.SECRET,
                            "",
                            "The user's password, as `${env:NAME}` or `${file:PATH}`."),
                    key("database.pool-size", Form.COUNT, "16", "How many connections at most."),
                    key(
                            "database.min-free",
                            Form.SIZE,
                            "64MiB",
                            "The embedded database writes nothing, and the server takes nothing, while the disk has less room."),
                    key(
                            "cluster.key",
                            Form.SECRET,
                            "",
                            "The key that seals the cluster's authority, 32 bytes in base64, as `${env:NAME}` or `${file:PATH}`; the same for all servers of one database. Without it: the file `cluster.key` in `data-dir`, made at the first start."),
                    key(
                            "link.port",
                            Form.PORT,
                            "10001",
                            "The port on which nodes come in; 0 for any free one."),
                    key(
                            "link.bind-address",
                            Form.TEXT,
                            "",
                            "The address on which nodes come in; the default is `bind-address`. It always speaks TLS."),
                    key(
                            "link.address",
                            Form.TEXT,
                            "",
                            "How nodes reach the link, as `host:port` or `host`, when that is not the host of `base-url` and `link.port`."),
                    key(
                            "node.name",
                            Form.NAME,
                            "local",
                            "The name of the server's own node; each server on one database needs another."),
                    key(
                            "node.slots",
                            Form.COUNT,
                            "",
                            "How many steps the node `local` runs at once; the default follows the number of processors."),
                    key(
                            "node.workspace-root",
                            Form.PATH,
                            "",
                            "Where runs get their workspaces; the default is below `data-dir`."),
                    key(
                            "node.grace",
                            Form.DURATION,
                            "10s",
                            "Time between TERM and KILL when a step is stopped."),
                    key(
                            "node.log-limit",
                            Form.SIZE,
                            "1GiB",
                            "Output that a step may write before it is ended."),
                    key(
                            "node.workspace-limit",
                            Form.SIZE,
                            "20GiB",
                            "How large what is checked out for one run may be on the node `local`, submodules and large files included."),
                    key(
                            "node.workspace-files",
                            Form.COUNT,
                            "1000000",
                            "The same in files and folders."),
                    key(
                            "node.shell",
                            Form.WORDS,
                            "sh -e",
                            "The shell for scripts whose pipeline names none."),
                    key(
                            "nodes.heartbeat",
                            Form.DURATION,
                            "3s",
                            "How often nodes say that they live."),
                    key(
                            "nodes.suspect-after",
                            Form.DURATION,
                            "10s",
                            "How long a node may be silent before it gets nothing new."),
                    key(
                            "nodes.unreachable-after",
                            Form.DURATION,
                            "30s",
                            "How long a node may be silent before it counts as gone."),
                    key(
                            "nodes.lost-after",
                            Form.DURATION,
                            "10m",
                            "How long the server waits for a node that is gone before its steps count as lost."),
                    key(
                            "queue.workers",
                            Form.COUNT,
                            "16",
                            "How many wake-ups are handled at once."),
                    key(
                            "queue.poll",
                            Form.DURATION,
                            "5s",
                            "How often the queue looks by itself; at least 5 seconds."),
                    key(
                            "queue.sweep",
                            Form.DURATION,
                            "5s",
                            "How often the server looks for forgotten work."),
                    key(
                            "resources.directory",
                            Form.PATH,
                            "",
                            "A directory of resources to keep applied."),
                    key(
                            "resources.url",
                            Form.ADDRESS,
                            "",
                            "An address of resources to keep applied."),
                    key(
                            "resources.interval",
                            Form.DURATION,
                            "10s",
                            "How often these sources are looked at."),
                    key("resources.max-size", Form.SIZE, "10MiB", "All that one source may give."),
                    key(
                            "retention.max-age",
                            Form.DURATION,
                            "90d",
                            "How long finished runs stay; 0s: for ever, here and below."),
                    key(
                            "retention.runs-per-pipeline",
                            Form.COUNT,
                            "200",
                            "How many of the newest runs of a pipeline stay, however old."),
                    key(
                            "retention.log-size",
                            Form.SIZE,
                            "10GiB",
                            "Size of all stored logs together; the oldest go first."),
                    key("retention.log-age", Form.DURATION, "30d", "How long logs stay."),
                    key(
                            "retention.delivery-age",
                            Form.DURATION,
                            "7d",
                            "How long deliveries stay, with the bodies that hooks received."),
                    key(
                            "retention.event-age",
                            Form.DURATION,
                            "30d",
                            "How long the journal of events stays."),
                    key(
                            "retention.interval",
                            Form.DURATION,
                            "1h",
                            "How often old things are looked for."),
                    key(
                            "plugins.directory",
                            Form.PATH,
                            "",
                            "Where plugins are put, at any time; the default is `plugins` below `data-dir`."),
                    key(
                            "plugins.trusted-keys",
                            Form.WORDS,
                            "",
                            "Ed25519 public keys in base64: only plugins that one of them has signed are loaded. Empty: all are."),
                    key(
                            "plugins.patience",
                            Form.DURATION,
                            "30s",
                            "How long calls of a plugin that is replaced or taken away are waited for."),
                    key("webhook.max-body", Form.SIZE, "1MiB", "The largest request to a hook."),
                    key(
                            "network.allow",
                            Form.WORDS,
                            "",
                            "What repositories, polls, exporters, forges and notifiers may reach besides what everybody can: addresses, networks (`10.1.0.0/16`), globs of hosts (`*.corp.example`), or `private` for all private networks."),
                    key(
                            "git.allow-file",
                            Form.FLAG,
                            "false",
                            "Whether repositories may be directories of the server's machine."),
                    key(
                            "git.allow-http",
                            Form.FLAG,
                            "false",
                            "Whether repositories may be fetched over HTTP without encryption."),
                    key(
                            "git.timeout",
                            Form.DURATION,
                            "30m",
                            "The longest conversation with a repository."),
                    key(
                            "git.repository-limit",
                            Form.SIZE,
                            "10GiB",
                            "How large the copy of one repository may become, of the server and its own node; a fetch that needs more ends."),
                    key(
                            "log.level",
                            Form.LEVEL,
                            "info",
                            "How much the server says: error, warn, info, debug or trace."));

    private static ConfigKey key(String name, Form form, String fallback, String doc) {
        return new ConfigKey(name, form, fallback, doc);
    }

    String variable() {
        return "MILLWRIGHT_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    String flag() {
        return "--" + name.replace('.', '-');
    }

    /// What is wrong with a value; empty when it fits.
    Optional<String> problem(String value) {
        if (value.isEmpty() && fallback.isEmpty()) {
            return Optional.empty();
        }
        return switch (form) {
            case TEXT, SECRET, PATH, WORDS -> Optional.empty();
            case FLAG -> check(value.matches("true|false"), "is true or false", value);
            case COUNT ->
                    check(
                            value.matches("[1-9][0-9]{0,8}"),
                            "is a whole number of at least 1",
                            value);
            case PORT ->
                    check(
                            value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65_535,
                            "is a port, 0 to 65535",
                            value);
            case DURATION ->
                    check(
                            Durations.parse(value).isPresent(),
                            "is a duration such as 10s or 5m",
                            value);
            case SIZE -> check(SIZE.matcher(value).matches(), "is a size such as 1GiB", value);
            case NAME ->
                    check(
                            NAME.matcher(value).matches(),
                            "is a name of up to 63 lower-case letters, digits and '-'",
                            value);
            case LEVEL ->
                    check(
                            value.matches("error|warn|info|debug|trace"),
                            "is error, warn, info, debug or trace",
                            value);
            case ADDRESS ->
                    check(isAddress(value), "is an address such as https://ci.example.org", value);
        };
    }

    private Optional<String> check(boolean fits, String rule, String value) {
        return fits
                ? Optional.empty()
                : Optional.of("'%s' %s, not '%s'".formatted(name, rule, value));
    }

    private static boolean isAddress(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && uri.getScheme().matches("https?");
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    static long bytes(String size) {
        Matcher parts = SIZE.matcher(size);
        if (!parts.matches()) {
            throw new IllegalArgumentException(size);
        }
        long amount = Long.parseLong(parts.group(1));
        String unit = Optional.ofNullable(parts.group(2)).orElse("B");
        return switch (unit) {
            case "KiB" -> amount << 10;
            case "MiB" -> amount << 20;
            case "GiB" -> amount << 30;
            case "TiB" -> amount << 40;
            default -> amount;
        };
    }
}
