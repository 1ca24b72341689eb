package dev.millwright.gitpoll;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which commit each ref holds: what a look sees, and what the next look is told. Immutable.
///
/// @param commits by full ref
record Tips(SortedMap<String, String> commits) {
    private static final String HEAD = "git-poll 1";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{40,64}) (refs/\\S+)");

    Tips {
        commits = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(commits));
    }

    static Tips of(Map<String, String> commits) {
        return new Tips(new TreeMap<>(commits));
    }

    /// The same text for the same tips.
    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        commits.forEach((ref, commit) -> text.append('\n').append(commit).append(' ').append(ref));
        return text.toString();
    }

    /// Empty for the state of a first look, and for one that another version wrote.
    static Optional<Tips> parse(String text) {
        SortedMap<String, String> commits = new TreeMap<>();
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(HEAD)) {
            return Optional.empty();
        }
        for (int i = 1; i < lines.length; i++) {
            var line = LINE.matcher(lines[i]);
            if (!line.matches()) {
                return Optional.empty();
            }
            commits.put(line.group(2), line.group(1));
        }
        return Optional.of(new Tips(commits));
    }
}
