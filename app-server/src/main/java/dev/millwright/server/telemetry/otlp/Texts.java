package dev.millwright.server.telemetry.otlp;

/// Cuts texts to a size, and takes out what terminals and databases stumble over. Pure.
final class Texts {
    private Texts() {}

    /// Text of several lines.
    static String text(String text, int longest) {
        return cut(text.replace("\0", ""), longest);
    }

    /// One line, without control characters.
    static String line(String text, int longest) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length() && line.length() <= longest; i++) {
            char each = text.charAt(i);
            line.append(Character.isISOControl(each) ? ' ' : each);
        }
        return cut(line.toString(), longest);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        // Not between the two halves of one character
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }
}
