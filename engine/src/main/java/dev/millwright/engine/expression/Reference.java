package dev.millwright.engine.expression;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One `${root.rest}` in a text. `${WORD}` without a dot is left to the shell, `${file:a.txt}` to
/// whoever reads secrets, and `$${` stands for a literal `${`.
///
/// @param whole as it is written
public record Reference(String whole, String root, String rest) {
    private static final Pattern FORM =
            Pattern.compile("\\$?\\$\\{(\\{?[^{}.:$]{1,100})\\.([^{}]{1,300})}");
    private static final String MIDDLE = ".outputs.";

    /// All references of a text, literal ones apart.
    public static List<Reference> in(String text) {
        return FORM.matcher(text)
                .results()
                .filter(match -> !match.group().startsWith("$$"))
                .map(match -> of(match.group(), match.group(1), match.group(2)))
                .toList();
    }

    private static Reference of(String whole, String root, String rest) {
        return new Reference(whole, root.strip(), rest.strip());
    }

    /// The step whose output it names; empty when it names none.
    public Optional<String> step() {
        int middle = rest.indexOf(MIDDLE);
        return middle > 0 ? Optional.of(rest.substring(0, middle)) : Optional.empty();
    }

    /// The output of a step that it names.
    String output() {
        return rest.substring(rest.indexOf(MIDDLE) + MIDDLE.length());
    }

    /// The text with its references made literal.
    public static String escaped(String text) {
        return FORM.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                found.group().startsWith("$$")
                                        ? found.group()
                                        : "$" + found.group()));
    }

    static String replace(String text, Function<Reference, String> values) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher found = FORM.matcher(text);
        StringBuilder result = new StringBuilder();
        while (found.find()) {
            String whole = found.group();
            String value =
                    whole.startsWith("$$")
                            ? whole.substring(1)
                            : values.apply(of(whole, found.group(1), found.group(2)));
            found.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return found.appendTail(result).toString();
    }
}
