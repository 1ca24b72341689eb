package dev.millwright.model;

import java.util.ArrayList;
import java.util.List;

/// Matches names against patterns: `*` and `?` within a folder, `**` across folders, `{a,b}`,
/// `[a-z]`, `[!a]`, `\` before a character that is meant as it stands.
///
/// Takes time in proportion to pattern and name at worst, whatever the pattern.
public final class Globs {
    private static final int MOST_ALTERNATIVES = 64;

    private Globs() {}

    /// Whether at least one of the patterns fits.
    public static boolean matchesAny(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /// Whether the pattern fits the whole name.
    public static boolean matches(String pattern, String name) {
        return alternatives(pattern).stream().anyMatch(plain -> plain(plain, name));
    }

    /// The pattern once for each combination of its braces, as far as they are few.
    private static List<String> alternatives(String pattern) {
        List<String> open = new ArrayList<>(List.of(pattern));
        List<String> done = new ArrayList<>();
        while (!open.isEmpty() && open.size() + done.size() <= MOST_ALTERNATIVES) {
            String next = open.removeLast();
            int start = next.indexOf('{');
            int end = next.indexOf('}', start + 1);
            // The innermost braces first
            int inner = end < 0 ? -1 : next.lastIndexOf('{', end);
            if (start < 0 || end < 0) {
                done.add(next);
            } else {
                for (String choice : next.substring(inner + 1, end).split(",", -1)) {
                    open.add(next.substring(0, inner) + choice + next.substring(end + 1));
                }
            }
        }
        return done;
    }

    /// Keeps for each place of the pattern whether the name so far can end there.
    private static boolean plain(String pattern, String name) {
        List<Piece> pieces = Piece.of(pattern);
        boolean[] reached = new boolean[pieces.size() + 1];
        reached[0] = true;
        skipEmpty(pieces, reached, true);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean[] next = new boolean[reached.length];
            for (int p = 0; p < pieces.size(); p++) {
                Piece piece = pieces.get(p);
                if (reached[p] && piece.takes(c)) {
                    next[piece.repeats() ? p : p + 1] = true;
                }
            }
            skipEmpty(pieces, next, c == '/');
            reached = next;
        }
        return reached[pieces.size()];
    }

    /// @param folder whether a folder begins here, so that `**/` may stand for no folder at all
    private static void skipEmpty(List<Piece> pieces, boolean[] reached, boolean folder) {
        for (int p = 0; p < pieces.size(); p++) {
            boolean mayBeEmpty =
                    switch (pieces.get(p)) {
                        case Piece.Stars _ -> true;
                        case Piece.Folders _ -> folder;
                        case Piece.One _ -> false;
                    };
            if (reached[p] && mayBeEmpty) {
                reached[p + 1] = true;
            }
        }
    }

    /// A part of a pattern.
    private sealed interface Piece {
        boolean takes(char c);

        boolean repeats();

        /// Any number of characters.
        record Stars(boolean acrossFolders) implements Piece {
            @Override
            public boolean takes(char c) {
                return acrossFolders || c != '/';
            }

            @Override
            public boolean repeats() {
                return true;
            }
        }

        /// `**/`: any number of whole folders.
        record Folders() implements Piece {
            @Override
            public boolean takes(char c) {
                return true;
            }

            @Override
            public boolean repeats() {
                return true;
            }
        }

        /// One character of a set.
        ///
        /// @param set pairs of first and last characters
        record One(String set, boolean negated) implements Piece {
            @Override
            public boolean takes(char c) {
                boolean found = false;
                for (int i = 0; i < set.length(); i += 2) {
                    found |= c >= set.charAt(i) && c <= set.charAt(i + 1);
                }
                return found != negated && (c != '/' || set.equals("//"));
            }

            @Override
            public boolean repeats() {
                return false;
            }
        }

        static List<Piece> of(String pattern) {
            List<Piece> pieces = new ArrayList<>();
            int i = 0;
            while (i < pattern.length()) {
                char c = pattern.charAt(i);
                int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
                if (pattern.startsWith("**/", i) && (i == 0 || pattern.charAt(i - 1) == '/')) {
                    pieces.add(new Folders());
                    i += 3;
                } else if (c == '*') {
                    boolean two = pattern.startsWith("**", i);
                    pieces.add(new Stars(two));
                    i += two ? 2 : 1;
                } else if (c == '?') {
                    pieces.add(new One("", true));
                    i++;
                } else if (close > 0) {
                    pieces.add(set(pattern.substring(i + 1, close)));
                    i = close + 1;
                } else {
                    boolean escape = c == '\\' && i + 1 < pattern.length();
                    char plain = escape ? pattern.charAt(i + 1) : c;
                    pieces.add(new One("" + plain + plain, false));
                    i += escape ? 2 : 1;
                }
            }
            return pieces;
        }

        private static Piece set(String inside) {
            boolean negated = inside.startsWith("!") || inside.startsWith("^");
            String text = negated ? inside.substring(1) : inside;
            StringBuilder pairs = new StringBuilder();
            int i = 0;
            while (i < text.length()) {
                boolean range = i + 2 < text.length() && text.charAt(i + 1) == '-';
                pairs.append(text.charAt(i)).append(text.charAt(range ? i + 2 : i));
                i += range ? 3 : 1;
            }
            return new One(pairs.toString(), negated);
        }
    }
}
