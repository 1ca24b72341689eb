package dev.millwright.engine.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Guesses what a mistyped word was meant to be.
public final class Suggestions {
    private Suggestions() {}

    /// `did you mean 'x'?` for the nearest of the known words, or an empty text when none is near.
    public static String didYouMean(String word, Collection<String> known) {
        if (word.length() > 60) {
            return "";
        }
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
                .filter(k -> isNear(word, k))
                .map("did you mean '%s'?"::formatted)
                .orElse("");
    }

    /// Whether no more than two letters keep the word from being that known one.
    public static boolean isSlip(String word, String known) {
        return word.length() <= known.length() + 2 && distance(word, known) <= 2;
    }

    private static boolean isNear(String word, String known) {
        int most = known.length() <= 3 ? 1 : Math.max(2, known.length() / 3);
        return distance(word, known) <= most;
    }

    /// Insertions, deletions, changes and swaps of neighbours that lead from one to the other.
    static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(change, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
