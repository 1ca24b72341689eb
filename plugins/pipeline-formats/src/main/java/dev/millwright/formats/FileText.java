package dev.millwright.formats;

import dev.millwright.plugin.format.FormatResult.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Turns YAML, of which JSON is a part, into values with places. Used by one thread.
final class FileText {
    private static final Place START = new Place(1, 1);
    private static final int DEEPEST = 40;
    private static final int MOST_ALIASES = 50;
    private static final int MOST_VALUES = 50_000;
    private static final int LONGEST = 512 * 1024;

    private final String language;
    private final Faults faults;
    private int values;

    private FileText(String language, Faults faults) {
        this.language = language;
        this.faults = faults;
    }

    /// The map that the file consists of; empty when it does not, and the faults tell why.
    ///
    /// @param language for messages, such as `JSON`
    static Optional<Placed.Fields> map(String text, String language, Faults faults) {
        return new FileText(language, faults).map(text);
    }

    private Optional<Placed.Fields> map(String text) {
        Optional<Placed> whole = read(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (faults.isEmpty() && whole.isEmpty()) {
            faults.add(START, "the file is empty");
        }
        if (whole.isEmpty() || whole.get() instanceof Placed.Fields) {
            return whole.map(Placed.Fields.class::cast);
        }
        faults.add(whole.get().place(), "the file is a map, not " + whole.get().kind());
        return Optional.empty();
    }

    private Optional<Placed> read(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(true)
                        .setAllowNonScalarKeys(true)
                        .setAllowRecursiveKeys(false)
                        .setMaxAliasesForCollections(MOST_ALIASES)
                        .setCodePointLimit(LONGEST)
                        .build();
        try {
            return new Composer(
                            settings, new ParserImpl(settings, new StreamReader(settings, text)))
                    .getSingleNode()
                    .map(node -> placed(node, 0));
        } catch (MarkedYamlEngineException wrong) {
            faults.add(
                    wrong.getProblemMark().map(FileText::place).orElse(START),
                    "not valid %s: %s".formatted(language, wrong.getProblem()));
        } catch (YamlEngineException wrong) {
            String message = String.valueOf(wrong.getMessage());
            faults.add(
                    START,
                    "not valid %s: %s".formatted(language, message.lines().findFirst().orElse("")));
        } catch (StackOverflowError tooDeep) {
            faults.add(START, "the file nests too deep");
        }
        return Optional.empty();
    }

    private Placed placed(Node node, int depth) {
        Place place = place(node);
        values++;
        if (depth > DEEPEST || values > MOST_VALUES) {
            faults.add(
                    place,
                    depth > DEEPEST
                            ? "the file nests deeper than %d levels".formatted(DEEPEST)
                            : "the file holds more than %,d values".formatted(MOST_VALUES));
            return new Placed.Scalar(place, "", true);
        }
        return switch (node) {
            case ScalarNode scalar ->
                    new Placed.Scalar(
                            place,
                            scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue(),
                            scalar.getTag().equals(Tag.NULL));
            case SequenceNode list -> {
                List<Placed> items = new ArrayList<>();
                for (Node item : list.getValue()) {
                    items.add(placed(item, depth + 1));
                }
                yield new Placed.Items(place, items);
            }
            case MappingNode map -> new Placed.Fields(place, entries(map, depth + 1));
            default -> new Placed.Scalar(place, "", true);
        };
    }

    private Map<String, Placed.Entry> entries(MappingNode map, int depth) {
        Map<String, Placed.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Place at = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.add(at, "keys have to be text");
                continue;
            }
            var entry = new Placed.Entry(at, placed(tuple.getValueNode(), depth));
            if (entries.putIfAbsent(key.getValue(), entry) != null) {
                faults.add(at, "the key '%s' stands here twice".formatted(key.getValue()));
            }
        }
        return entries;
    }

    private static Place place(Node node) {
        return node.getStartMark().map(FileText::place).orElse(START);
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
