package dev.millwright.server.config;

import java.util.List;

/// Puts settings into lines for a terminal. Pure.
final class ConfigHelp {
    private static final int WIDTH = 80;
    private static final String INDENT = "      ";

    private ConfigHelp() {}

    /// For each its flag, and below it what it means and its default.
    static String of(List<ConfigKey> keys) {
        StringBuilder text = new StringBuilder();
        for (ConfigKey key : keys) {
            text.append("  ").append(key.flag()).append(System.lineSeparator());
            String fallback = key.fallback().isEmpty() ? "" : " [" + key.fallback() + "]";
            wrap(key.doc() + fallback, text);
        }
        return text.toString();
    }

    private static void wrap(String doc, StringBuilder text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : doc.split(" ", -1)) {
            boolean isFirst = line.length() == INDENT.length();
            if (!isFirst && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append(System.lineSeparator());
                line.setLength(INDENT.length());
                isFirst = true;
            }
            line.append(isFirst ? "" : " ").append(word);
        }
        text.append(line).append(System.lineSeparator());
    }
}
