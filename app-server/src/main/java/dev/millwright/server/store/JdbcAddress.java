package dev.millwright.server.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/// The address of the database, checked against the short list of what is allowed: drivers take
/// options that run SQL, load classes or weaken what a commit promises.
sealed interface JdbcAddress {
    String url();

    Properties properties();

    /// An embedded database in files whose names begin with that path.
    record Embedded(Path path, Map<String, String> options) implements JdbcAddress {
        private static final Set<String> ALLOWED =
                Set.of("CACHE_SIZE", "WRITE_DELAY", "MAX_COMPACT_TIME");

        public Embedded {
            options = Map.copyOf(options);
        }

        @Override
        public String url() {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("CACHE_SIZE", "32768");
            // How long closing may take to make the file smaller
            all.put("MAX_COMPACT_TIME", "2000");
            all.putAll(options);
            // A commit is in the file when it returns; only our own shutdown closes the database
            all.put("WRITE_DELAY", "0");
            // Errors reach us as exceptions; a trace file beside the database would only grow
            all.put("TRACE_LEVEL_FILE", "0");
            all.put("DB_CLOSE_ON_EXIT", "FALSE");
            // Old versions are overwritten after this time; EmbeddedFile syncs more often, so that
            // what replaces them is on disk by then
            all.put("RETENTION_TIME", "5000");
            all.put("LOCK_TIMEOUT", "5000");
            // H2 counts a table as changed before the commit, not after it: a result that was read
            // in between would be handed out again for what is there by then
            all.put("OPTIMIZE_REUSE_RESULTS", "FALSE");
            // H2's ordinary way of file access loses the file for everybody when one thread that
            // reads or writes is interrupted; this one does not
            StringBuilder url = new StringBuilder("jdbc:h2:async:").append(path.toAbsolutePath());
            all.forEach((key, value) -> url.append(';').append(key).append('=').append(value));
            return url.toString();
        }

        @Override
        public Properties properties() {
            return new Properties();
        }
    }

    /// A PostgreSQL server.
    record Postgresql(String url) implements JdbcAddress {
        private static final Set<String> ALLOWED =
                Set.of(
                        "applicationname",
                        "channelbinding",
                        "connecttimeout",
                        "currentschema",
                        "gssencmode",
                        "hostrecheckseconds",
                        "loadbalancehosts",
                        "sockettimeout",
                        "ssl",
                        "sslcert",
                        "sslkey",
                        "sslmode",
                        "sslrootcert",
                        "targetservertype",
                        "tcpkeepalive");

        @Override
        public Properties properties() {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "millwright");
            properties.setProperty("connectTimeout", "5");
            properties.setProperty("loginTimeout", "5");
            // Longer than any statement may take, so this ends only what a server that stands still
            // cannot end itself; callers are to hear of it before they give up
            properties.setProperty("socketTimeout", "5");
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("reWriteBatchedInserts", "true");
            return properties;
        }
    }

    /// The settings' address; throws [StoreException] when it is not on the list.
    static JdbcAddress of(DatabaseSettings settings) {
        String url = settings.url().strip();
        if (url.isEmpty()) {
            return embedded(settings.dataDirectory().resolve("millwright").toString(), List.of());
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return postgresql(url);
        }
        if (url.startsWith("jdbc:h2:")) {
            List<String> parts = List.of(url.substring("jdbc:h2:".length()).split(";", -1));
            String path = parts.getFirst();
            path = path.startsWith("file:") ? path.substring("file:".length()) : path;
            return embedded(path, parts.subList(1, parts.size()));
        }
        throw new StoreException(
                "database.url: '%s' is not allowed; use jdbc:postgresql://HOST/NAME, jdbc:h2:file:PATH, or leave it empty"
                        .formatted(scheme(url)));
    }

    private static JdbcAddress embedded(String path, List<String> parts) {
        if (path.isEmpty() || path.contains("\\") || Scheme.PATTERN.matcher(path).find()) {
            throw new StoreException(
                    "database.url: jdbc:h2: takes the path of a file, not '%s'; only embedded databases in files are allowed"
                            .formatted(path));
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String part : parts) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (key.equals("WRITE_DELAY") && !value.equals("0")) {
                throw new StoreException(
                        "database.url: WRITE_DELAY=%s would lose accepted work in a crash; only WRITE_DELAY=0 is allowed (leave it out)"
                                .formatted(value));
            }
            if (!Embedded.ALLOWED.contains(key) || !value.matches("[0-9]+")) {
                throw new StoreException(
                        "database.url: the option '%s' is not allowed for H2; allowed are %s with a number"
                                .formatted(part, Embedded.ALLOWED.stream().sorted().toList()));
            }
            options.put(key, value);
        }
        return new Embedded(Path.of(path), options);
    }

    private static JdbcAddress postgresql(String url) {
        int question = url.indexOf('?');
        for (String part : question < 0 ? new String[0] : url.substring(question + 1).split("&")) {
            String key = part.split("=", 2)[0];
            if (key.equalsIgnoreCase("user") || key.equalsIgnoreCase("password")) {
                throw new StoreException(
                        "database.url: put '%s' into database.%s, where it is not printed"
                                .formatted(key, key.toLowerCase(Locale.ROOT)));
            }
            if (!Postgresql.ALLOWED.contains(key.toLowerCase(Locale.ROOT))) {
                throw new StoreException(
                        "database.url: the option '%s' is not allowed for PostgreSQL; allowed are %s"
                                .formatted(key, Postgresql.ALLOWED.stream().sorted().toList()));
            }
        }
        return new Postgresql(url);
    }

    private static String scheme(String url) {
        return Optional.of(url.indexOf(':', "jdbc:".length()))
                .filter(colon -> url.startsWith("jdbc:") && colon > 0)
                .map(colon -> url.substring(0, colon))
                .orElse(url);
    }

    /// What H2 takes for another kind of storage or connection, such as `mem:` or `tcp:`.
    final class Scheme {
        private static final Pattern PATTERN = Pattern.compile("^[A-Za-z0-9]{2,}:|:.*:");

        private Scheme() {}
    }
}
