package dev.millwright.formats;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody may have meant.
final class Suggestion {
    private Suggestion() {}

    /// Such as `; did you mean 'build'?`; empty when nothing is near.
    static String of(String written, Collection<String> known) {
        Optional<String> nearest =
                known.stream()
                        .filter(word -> distance(written, word) <= allowed(word))
                        .min(Comparator.comparingInt(word -> distance(written, word)));
        return nearest.map("; did you mean '%s'?"::formatted).orElse("");
    }

    /// A short word is too soon another one.
    private static int allowed(String word) {
        return Math.min(word.length() / 2, 2 + word.length() / 6);
    }

    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 10 || one.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + change, Math.min(above[j] + 1, row[j - 1] + 1));
            }
            above = row;
        }
        return above[other.length()];
    }
}
