package dev.millwright.cli.server;

import dev.millwright.cli.command.CliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a database as users write it: as JDBC has it, or `postgresql://USER@HOST/NAME`.
///
/// @param url as the server takes it
/// @param userOrEmpty the user that stood in the address
record DatabaseAddress(String url, String userOrEmpty) {
    private static final Pattern PLAIN =
            Pattern.compile("postgres(?:ql)?://(?:([^@/:]+)(:[^@/]*)?@)?(.+)");

    /// Throws [CliException] when a password stands in it.
    static DatabaseAddress parse(String text) {
        Matcher plain = PLAIN.matcher(text);
        if (!plain.matches()) {
            return new DatabaseAddress(text, "");
        }
        if (plain.group(2) != null) {
            throw CliException.usage(
                    "a password does not belong into an address, where others can read it; export DB_PASSWORD=... and MILLWRIGHT_DATABASE_PASSWORD='${env:DB_PASSWORD}'");
        }
        return new DatabaseAddress(
                "jdbc:postgresql://" + plain.group(3),
                Optional.ofNullable(plain.group(1)).orElse(""));
    }

    /// The same for a server's command line.
    List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("--database-url", url));
        if (!userOrEmpty.isEmpty()) {
            flags.addAll(List.of("--database-user", userOrEmpty));
        }
        return flags;
    }

    boolean isShared() {
        return url.startsWith("jdbc:postgresql:");
    }
}
