package dev.millwright.engine.placement;

import dev.millwright.engine.schema.Suggestions;
import dev.millwright.model.MillwrightException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thing that a step needs of its node: a label or fact, and what it has to be.
///
/// Written as `os=linux`, `memory >= 16Gi`, `jdk >= 21.0.3`, `zone != lab`, or `docker` alone,
/// which means `docker=true`. Sizes (`16Gi`, `512M`) and versions (numbers divided by dots) are
/// compared by size; everything else is equal or it is not.
///
/// @param property name of the label or fact
/// @param operand what it is compared with
public record Need(String property, Operator operator, String operand) {
    private static final Pattern FORM =
            Pattern.compile(
                    "\\s*([A-Za-z0-9][A-Za-z0-9._/-]{0,100})\\s*(?:(>=|<=|!=|=|>|<)\\s*([^=<>!\\s].*?))?\\s*");
    private static final Pattern COMPARISON =
            Pattern.compile("\\s*(>=|<=|!=|>|<)\\s*([^=<>!\\s].*?)\\s*");
    private static final Pattern SIGN = Pattern.compile("\\s*[=<>!]");
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*([kKMGTP]i?)?B?");
    private static final Pattern VERSION =
            Pattern.compile("[vV]?([0-9]{1,9}(?:\\.[0-9]{1,9}){0,7})([-+_].*)?");
    private static final String UNITS = "KMGTP";

    /// How the node's value and the operand have to stand to each other.
    public enum Operator {
        EQUAL("="),
        DIFFERENT("!="),
        AT_LEAST(">="),
        AT_MOST("<="),
        MORE(">"),
        LESS("<");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static Operator of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(sign);
        }

        boolean isOrder() {
            return this != EQUAL && this != DIFFERENT;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case DIFFERENT -> comparison != 0;
                case AT_LEAST -> comparison >= 0;
                case AT_MOST -> comparison <= 0;
                case MORE -> comparison > 0;
                case LESS -> comparison < 0;
            };
        }
    }

    /// Read one word of a list, such as `memory >= 16Gi` or `docker`. Throws [MillwrightException]
    /// when it is none.
    public static Need parse(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            throw new MillwrightException(
                    "'%s' is no need; write NAME, NAME=VALUE or NAME >= VALUE".formatted(text));
        }
        return found.group(2) == null
                ? new Need(found.group(1), Operator.EQUAL, "true")
                : new Need(found.group(1), Operator.of(found.group(2)), found.group(3)).checked();
    }

    /// Read one entry of a map as somebody wrote it, such as `memory: ">= 16Gi"` or `os: linux`.
    /// Throws [MillwrightException] when no node could ever meet it.
    public static Need parse(String property, String value) {
        Need need = of(property, value);
        if (need.operator() == Operator.EQUAL && SIGN.matcher(value).lookingAt()) {
            throw new MillwrightException(
                    "'%s: %s' is no need; write a value, or one of =, !=, >=, <=, > and < with a value"
                            .formatted(property, value));
        }
        return need.checked();
    }

    private Need checked() {
        if (operator.isOrder() && !beginsLikeNumber(operand) && !operand.contains("${")) {
            throw new MillwrightException(
                    "'%s' can never hold: '%s' is no number, size (16Gi) or version (21.0.3)"
                            .formatted(this, operand));
        }
        return this;
    }

    /// One entry of a map, such as `memory: ">= 16Gi"` or `os: linux`.
    public static Need of(String property, String value) {
        Matcher found = COMPARISON.matcher(value);
        return found.matches()
                ? new Need(property, Operator.of(found.group(1)), found.group(2))
                : new Need(property, Operator.EQUAL, value);
    }

    /// The needs of a step, in the order of their names.
    public static List<Need> all(Map<String, String> needs) {
        List<Need> all = new ArrayList<>();
        needs.keySet().stream()
                .sorted()
                .forEach(name -> all.add(of(name, needs.getOrDefault(name, ""))));
        return List.copyOf(all);
    }

    /// What stands behind the name in a map: `linux`, or `>= 16Gi`.
    public String value() {
        return operator == Operator.EQUAL ? operand : operator.sign + " " + operand;
    }

    /// Whether a node with these labels and facts does.
    boolean isMet(Map<String, String> properties) {
        String offered = properties.get(property);
        return offered == null ? operator == Operator.DIFFERENT : holds(offered);
    }

    /// Why a node with these labels and facts does not do; empty when it does.
    public Optional<String> missing(Map<String, String> properties) {
        if (isMet(properties)) {
            return Optional.empty();
        }
        String offered = properties.get(property);
        return Optional.of(
                offered == null
                        ? "needs %s, and it has none%s".formatted(this, meant(properties.keySet()))
                        : "needs %s, and it has %s".formatted(this, offered));
    }

    private String meant(Collection<String> known) {
        List<String> near =
                known.stream().filter(name -> FactNames.mayBeMeant(property, name)).toList();
        String suggestion = Suggestions.didYouMean(property, near);
        return suggestion.isEmpty() ? "" : " (" + suggestion + ")";
    }

    private boolean holds(String offered) {
        if (!operator.isOrder()) {
            boolean same =
                    offered.equals(operand) || compared(offered).filter(c -> c == 0).isPresent();
            return (operator == Operator.EQUAL) == same;
        }
        return compared(offered).map(operator::holds).orElse(false);
    }

    /// How the offered value stands to the operand; empty when they cannot be compared.
    private Optional<Integer> compared(String offered) {
        // Most values are words: a thousand nodes are asked for each of a thousand steps
        if (!beginsLikeNumber(operand) || !beginsLikeNumber(offered)) {
            return Optional.empty();
        }
        Optional<BigDecimal> mine = size(operand);
        Optional<BigDecimal> theirs = size(offered);
        if (mine.isPresent() && theirs.isPresent()) {
            return Optional.of(theirs.get().compareTo(mine.get()));
        }
        Matcher own = VERSION.matcher(operand);
        Matcher other = VERSION.matcher(offered);
        return own.matches() && other.matches()
                ? Optional.of(versions(other.group(1), own.group(1)))
                : Optional.empty();
    }

    /// Whether it may be a size or a version.
    private static boolean beginsLikeNumber(String text) {
        String bare = text.strip();
        if (bare.isEmpty()) {
            return false;
        }
        char first = bare.charAt(0);
        return (first >= '0' && first <= '9') || first == 'v' || first == 'V';
    }

    /// Bytes, or the bare number.
    private static Optional<BigDecimal> size(String text) {
        Matcher found = SIZE.matcher(text.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(found.group(1));
        String unit = found.group(2);
        if (unit == null) {
            return Optional.of(number);
        }
        long base = unit.endsWith("i") ? 1024 : 1000;
        int power = UNITS.indexOf(unit.toUpperCase(Locale.ROOT).charAt(0)) + 1;
        return Optional.of(number.multiply(BigDecimal.valueOf(base).pow(power)));
    }

    private static int versions(String left, String right) {
        String[] mine = left.split("\\.", -1);
        String[] theirs = right.split("\\.", -1);
        for (int i = 0; i < Math.max(mine.length, theirs.length); i++) {
            int order = Integer.compare(part(mine, i), part(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int part(String[] parts, int index) {
        return index < parts.length ? Integer.parseInt(parts[index]) : 0;
    }

    @Override
    public String toString() {
        return operator.isOrder()
                ? "%s %s %s".formatted(property, operator.sign, operand)
                : property + operator.sign + operand;
    }
}
