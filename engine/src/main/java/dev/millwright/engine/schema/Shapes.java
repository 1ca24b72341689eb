package dev.millwright.engine.schema;

import java.util.List;

/// The shapes that many keys share.
final class Shapes {
    static final Shape TEXT = new Shape.Text("", "");
    static final Shape FLAG = new Shape.Flag();
    static final Shape TIME = new Shape.Time(true);
    static final Shape PAUSE = new Shape.Time(false);
    static final Shape ANYTHING = new Shape.Anything();
    static final Shape TEXTS = new Shape.Either(List.of(TEXT, new Shape.ListOf(TEXT)));
    static final Shape STEPS = new Shape.ListOf(new Shape.Named("step"));
    static final Shape PATH =
            new Shape.Text(
                    "(?!/)(?!\\.\\.(/|$))(?!.*/\\.\\.(/|$)).+", "a path inside the repository");
    static final String WORD = "[A-Za-z_][A-Za-z0-9_-]*";
    static final String WORD_WANTED = "letters, digits, '_' and '-', not beginning with a digit";
    static final Shape ENVIRONMENT =
            variables(TEXT, new Shape.Nothing(), new Shape.Named("secret"));

    static final Shape CELLS = new Shape.ListOf(new Shape.MapOf(WORD, WORD_WANTED, TEXT));

    private Shapes() {}

    static Shape either(Shape... choices) {
        return new Shape.Either(List.of(choices));
    }

    private static Shape variables(Shape... values) {
        return new Shape.MapOf(
                "[A-Za-z_][A-Za-z0-9_]*",
                "letters, digits and '_', not beginning with a digit",
                either(values));
    }

    static Shape words(String... words) {
        return new Shape.Word(List.of(words));
    }

    static Shape whole(int least) {
        return new Shape.Whole(least, 1_000_000);
    }

    static Shape form(String name) {
        return new Shape.Named(name);
    }

    static Shape oneOrMore(Shape shape) {
        return either(shape, new Shape.ListOf(shape));
    }
}
