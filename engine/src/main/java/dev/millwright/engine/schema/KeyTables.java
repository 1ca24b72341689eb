package dev.millwright.engine.schema;

import java.util.List;
import java.util.stream.Collectors;

/// Writes the forms as Markdown tables for the documentation. Any thread.
public final class KeyTables {
    private KeyTables() {}

    /// One table, with a row for each key of the form.
    public static String markdown(Form form) {
        return form.keys().stream()
                .map(KeyTables::row)
                .collect(
                        Collectors.joining(
                                "\n",
                                "| key | value | default | what it means |\n|---|---|---|---|\n",
                                "\n"));
    }

    private static String row(Key key) {
        String names =
                key.aliases().isEmpty()
                        ? code(key.name())
                        : code(key.name()) + " or " + code(key.aliases().getFirst());
        String fallback = key.required() ? "**required**" : key.fallback();
        return "| %s | %s | %s | %s Example: %s |"
                .formatted(
                        names,
                        value(key.shape()),
                        fallback,
                        key.doc(),
                        code(key.name() + ": " + key.example()));
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    private static String value(Shape shape) {
        return switch (shape) {
            case Shape.Text(String pattern, String wanted) -> pattern.isEmpty() ? "text" : wanted;
            case Shape.Flag _ -> "true or false";
            case Shape.Whole(int least, int most) ->
                    "number from " + least + (least < 0 ? " to " + most : "");
            case Shape.Time _ -> "duration";
            case Shape.Word(List<String> words) ->
                    words.stream().map(KeyTables::code).collect(Collectors.joining(", "));
            case Shape.ListOf(Shape element) -> "list of " + many(element);
            case Shape.MapOf(String _, String _, Shape value) -> "map of " + many(value);
            case Shape.Named(String form) ->
                    form.equals("clause")
                            ? "condition"
                            : "map, see [%s](#%s)".formatted(form, form);
            case Shape.Either(List<Shape> choices) ->
                    choices.stream()
                            .filter(choice -> !(choice instanceof Shape.Nothing))
                            .map(KeyTables::value)
                            .collect(Collectors.joining(" or "));
            case Shape.Nothing _ -> "nothing";
            case Shape.Anything _ -> "anything";
        };
    }

    private static String many(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "texts";
            case Shape.Named(String form) when form.equals("step") -> "steps";
            case Shape.Named(String form) when form.equals("clause") -> "conditions";
            case Shape.Named(String form) -> "maps, see [%s](#%s)".formatted(form, form);
            case Shape.MapOf(String _, String _, Shape.Anything _) -> "maps";
            case Shape.Either(List<Shape> choices) ->
                    choices.stream()
                            .filter(choice -> !(choice instanceof Shape.Nothing))
                            .map(KeyTables::many)
                            .collect(Collectors.joining(" or "));
            case Shape.Word _ -> value(shape);
            case Shape.Flag _,
                    Shape.Whole _,
                    Shape.Time _,
                    Shape.ListOf _,
                    Shape.MapOf _,
                    Shape.Nothing _,
                    Shape.Anything _ ->
                    value(shape);
        };
    }
}
