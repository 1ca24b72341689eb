package dev.millwright.cli.resource;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Several files as the documents of one text, so that the server takes all of them or none; knows
/// which line came from which file.
///
/// @param begins the first line of each file in the text, from 1
record Bundle(String text, NavigableMap<Integer, String> begins) {
    private static final int MOST_NAMES = 3;

    static Bundle of(List<ResourceText> files) {
        if (files.size() == 1) {
            ResourceText only = files.getFirst();
            return new Bundle(only.text(), new TreeMap<>(Map.of(1, only.name())));
        }
        StringBuilder text = new StringBuilder();
        NavigableMap<Integer, String> begins = new TreeMap<>();
        int line = 1;
        for (ResourceText file : files) {
            String separator = text.isEmpty() ? "" : "---\n";
            line += separator.isEmpty() ? 0 : 1;
            begins.put(line, file.name());
            String ended = file.text().endsWith("\n") ? file.text() : file.text() + "\n";
            text.append(separator).append(ended);
            line += (int) ended.chars().filter(c -> c == '\n').count();
        }
        return new Bundle(text.toString(), begins);
    }

    /// A line of the text as `FILE:LINE`.
    String place(int line) {
        Map.Entry<Integer, String> file = begins.floorEntry(line);
        return file == null
                ? Integer.toString(line)
                : file.getValue() + ":" + (line - file.getKey() + 1);
    }

    /// A message about the whole text, which the server calls 'body', in the words of its files.
    String named(String message) {
        String all =
                begins.size() > MOST_NAMES
                        ? "the %d files".formatted(begins.size())
                        : begins.values().stream().collect(Collectors.joining("', '", "'", "'"));
        return message.replace("'body'", all);
    }

    /// What to say when the line is not known: the file, when there is but one.
    String place() {
        return begins.size() == 1 ? begins.firstEntry().getValue() : "";
    }
}
