package dev.millwright.mail;

import dev.millwright.model.Globs;
import dev.millwright.model.plan.Source;
import dev.millwright.plugin.report.RunReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds out who gets a mail. Pure.
final class Recipients {
    private static final Pattern NOBODY =
            Pattern.compile("(?i).*\\b(?:no-?reply|do-?not-?reply)\\b.*");

    private Recipients() {}

    /// Each once. Who wrote a commit says himself what his address is, so only those that the
    /// administrator's patterns fit get mail.
    static List<String> of(RunReport run, MailSettings settings) {
        Map<String, String> all = new LinkedHashMap<>();
        settings.to().forEach(address -> all.putIfAbsent(folded(address), address));
        run.source()
                .map(Source::authorEmail)
                .filter(MailAddress::isPlain)
                .filter(address -> !NOBODY.matcher(address).matches())
                .filter(address -> isWanted(address, settings))
                .ifPresent(address -> all.putIfAbsent(folded(address), address));
        return List.copyOf(all.values());
    }

    private static boolean isWanted(String address, MailSettings settings) {
        return settings.authors().stream()
                .anyMatch(pattern -> Globs.matches(folded(pattern), folded(address)));
    }

    private static String folded(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
