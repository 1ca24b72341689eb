package dev.millwright.node.plugin;

import java.util.List;
import java.util.regex.Pattern;

/// A plugin that a server has and that a node may fetch. Whatever is not plain is refused with an
/// [IllegalArgumentException]: it becomes the name of a file.
///
/// @param requires range of versions of the plugin API
/// @param sha256 of its file, in lower-case hexadecimal digits
/// @param size of its file, in bytes
/// @param form `jar` or `zip`
/// @param signature in base64; empty when there is none
/// @param runners kinds of its runners
public record OfferedPlugin(
        String id,
        String version,
        String requires,
        String sha256,
        long size,
        String form,
        String signature,
        List<String> runners) {
    /// The largest file that is fetched, in bytes.
    public static final long LARGEST = 256L << 20;

    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_SIGNATURE = 4096;
    private static final int MOST_RUNNERS = 20;
    private static final Pattern ID = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][-0-9A-Za-z.+]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public OfferedPlugin {
        runners = List.copyOf(runners);
        need(ID, id, "id");
        need(VERSION, version, "version");
        need(HASH, sha256, "hash");
        need(Pattern.compile("jar|zip"), form, "form");
        runners.forEach(kind -> need(ID, kind, "kind of runner"));
        if (requires.length() > LONGEST_TEXT
                || signature.length() > LONGEST_SIGNATURE
                || runners.size() > MOST_RUNNERS) {
            throw new IllegalArgumentException("what it says of itself is too long");
        }
        if (size <= 0 || size > LARGEST) {
            throw new IllegalArgumentException(
                    "its size of %d bytes is not between 1 and %d".formatted(size, LARGEST));
        }
    }

    private static void need(Pattern form, String text, String what) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "its %s is odd: '%s'".formatted(what, text.replaceAll("\\P{Graph}", "?")));
        }
    }

    /// The name of its file on a node.
    String file() {
        return sha256 + "." + form;
    }
}
