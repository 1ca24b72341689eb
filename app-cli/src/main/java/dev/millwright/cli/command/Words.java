package dev.millwright.cli.command;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// The words that one may write for an option or parameter: shells complete them. Immutable.
public abstract class Words implements Iterable<String> {
    private final List<String> words;

    protected Words(String... words) {
        this(Stream.of(words));
    }

    protected Words(Stream<String> words) {
        this.words = words.toList();
    }

    @Override
    public final Iterator<String> iterator() {
        return words.iterator();
    }
}
