package dev.millwright.engine.yaml;

import dev.millwright.model.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file's values with the place of each. Made from YAML, or from values that were read before.
sealed interface Tree {
    Mark mark();

    /// What the value is, for messages: `a list`, `text`, ...
    String kind();

    /// A few characters of the value, for messages.
    String shown();

    /// The plain value: text, number, boolean, list or map. Nothing becomes an empty text.
    Object plain();

    /// How a scalar was understood.
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING
    }

    record Scalar(Mark mark, Type type, String text) implements Tree {
        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "text";
                case NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case NOTHING -> "nothing";
            };
        }

        @Override
        public String shown() {
            return text.length() > 60 ? text.substring(0, 57) + "..." : text;
        }

        @Override
        public Object plain() {
            return switch (type) {
                case TEXT -> text;
                case NOTHING -> "";
                case BOOLEAN -> Boolean.valueOf(text);
                case NUMBER -> number();
            };
        }

        /// A number only when it reads back as it was written: the version 1.10 stays text.
        private Object number() {
            try {
                long whole = Long.parseLong(text);
                return Long.toString(whole).equals(text) ? (Object) whole : text;
            } catch (NumberFormatException notWhole) {
                return real();
            }
        }

        private Object real() {
            try {
                double value = Double.parseDouble(text);
                return Double.toString(value).equals(text) ? (Object) value : text;
            } catch (NumberFormatException otherForm) {
                return text;
            }
        }
    }

    record Items(Mark mark, List<Tree> items) implements Tree {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String shown() {
            return "[...]";
        }

        @Override
        public Object plain() {
            List<Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.plain()));
            return values;
        }
    }

    record Entry(Mark mark, Tree value) {}

    record Fields(Mark mark, Map<String, Entry> entries) implements Tree {
        @Override
        public String kind() {
            return "a map";
        }

        @Override
        public String shown() {
            return "{...}";
        }

        @Override
        public Object plain() {
            return parameters().values();
        }

        Parameters parameters() {
            Map<String, Object> values = new LinkedHashMap<>();
            entries.forEach((key, entry) -> values.put(key, entry.value().plain()));
            return new Parameters(values);
        }
    }

    /// Values that were read before, with pointers as places.
    static Tree of(String pointer, Object value) {
        return of(pointer, "", value, Map.of(), Mark.pointer(pointer));
    }

    /// Values that were made from a file.
    ///
    /// @param address goes before pointers, where no place is known
    /// @param places by JSON pointer; what has none stands where the value around it does
    static Tree of(String address, Object value, Map<String, Mark> places) {
        return of(address, "", value, places, Mark.pointer(address));
    }

    private static Tree of(
            String address, String pointer, Object value, Map<String, Mark> places, Mark around) {
        Mark nearest = around.line() == 0 ? Mark.pointer(address + pointer) : around;
        Mark mark = places.getOrDefault(pointer, nearest);
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Entry> entries = new LinkedHashMap<>();
                map.forEach((key, element) -> {
                    String inside = pointer + "/" + escaped(String.valueOf(key));
                    Tree tree = of(address, inside, element, places, mark);
                    entries.put(String.valueOf(key), new Entry(tree.mark(), tree));
                });
                yield new Fields(mark, entries);
            }
            case List<?> list -> {
                List<Tree> items = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    items.add(of(address, pointer + "/" + i, list.get(i), places, mark));
                }
                yield new Items(mark, items);
            }
            case Boolean flag -> new Scalar(mark, Type.BOOLEAN, flag.toString());
            case Number number -> new Scalar(mark, Type.NUMBER, number.toString());
            default -> new Scalar(mark, Type.TEXT, value.toString());
        };
    }

    /// A key as JSON pointers write it.
    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
