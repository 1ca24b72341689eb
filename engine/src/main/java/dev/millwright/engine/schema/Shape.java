package dev.millwright.engine.schema;

import java.util.List;

/// What a value of a pipeline file may look like. Closed: reader and schema each take it apart with
/// one exhaustive `switch`.
public sealed interface Shape {
    /// Text; numbers and booleans count as the text that they are written as.
    ///
    /// @param pattern regular expression over the whole text, understood alike by Java and
    ///   ECMAScript; empty for any text
    /// @param wanted says for people what fits the pattern
    record Text(String pattern, String wanted) implements Shape {}

    record Flag() implements Shape {}

    record Whole(int least, int most) implements Shape {}

    /// A duration such as `10m`.
    ///
    /// @param positive whether it has to be longer than nothing
    record Time(boolean positive) implements Shape {}

    /// One of a few words.
    record Word(List<String> words) implements Shape {
        public Word {
            words = List.copyOf(words);
        }
    }

    /// A list with at least one element.
    record ListOf(Shape element) implements Shape {}

    /// A map whose keys the author chooses.
    ///
    /// @param names regular expression over the keys
    /// @param wanted says for people what fits it
    record MapOf(String names, String wanted, Shape value) implements Shape {}

    /// A map with the keys of a [Form], by its name, so that forms may hold one another.
    record Named(String form) implements Shape {}

    /// Whichever of several shapes fits.
    record Either(List<Shape> choices) implements Shape {
        public Either {
            choices = List.copyOf(choices);
        }
    }

    /// A key without a value.
    record Nothing() implements Shape {}

    /// Whatever the author writes; a runner that comes later knows what to do with it.
    record Anything() implements Shape {}
}
