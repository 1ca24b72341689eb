package dev.millwright.engine.schema;

import java.util.List;
import java.util.stream.Collectors;

/// Says in words what fits a shape, for messages. Any thread.
public final class ShapeWords {
    private ShapeWords() {}

    public static String of(Shape shape) {
        return switch (shape) {
            case Shape.Text(String pattern, String wanted) -> pattern.isEmpty() ? "text" : wanted;
            case Shape.Flag _ -> "true or false";
            case Shape.Whole _ -> "a whole number";
            case Shape.Time _ -> "a duration";
            case Shape.Word(List<String> words) -> String.join(" or ", words);
            case Shape.ListOf(Shape element) -> "a list of " + many(element);
            case Shape.MapOf _ -> "a map";
            case Shape.Named(String form) -> form.equals("step") ? "a step" : "a map";
            case Shape.Either(List<Shape> choices) ->
                    choices.stream()
                            .filter(choice -> !(choice instanceof Shape.Nothing))
                            .map(ShapeWords::of)
                            .distinct()
                            .collect(Collectors.joining(" or "));
            case Shape.Nothing _ -> "nothing";
            case Shape.Anything _ -> "anything";
        };
    }

    private static String many(Shape element) {
        return switch (element) {
            case Shape.Named(String form) when form.equals("step") -> "steps";
            case Shape.Named _, Shape.MapOf _ -> "maps";
            case Shape.Text _ -> "texts";
            case Shape.Flag _,
                    Shape.Whole _,
                    Shape.Time _,
                    Shape.Word _,
                    Shape.ListOf _,
                    Shape.Either _,
                    Shape.Nothing _,
                    Shape.Anything _ ->
                    "values";
        };
    }
}
