package dev.millwright.engine.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
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

/// Turns YAML text into trees with places: anchors and merge keys resolved, duplicate keys and
/// recursion refused. Used by one thread.
final class TreeReader {
    private final String file;
    private final Problems problems;
    private final Set<Node> open = new HashSet<>();
    private int values;

    private TreeReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// One tree per document; documents without content are left out.
    static List<Tree> read(String file, String text, Problems problems) {
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Problems limits = new Problems();
        YamlLimits.check(file, clean, limits);
        if (!limits.isEmpty()) {
            limits.all().forEach(p -> problems.add(p.mark(), "", p.message(), p.suggestion()));
            return List.of();
        }
        problems.source(file, clean);
        return new TreeReader(file, problems).documents(clean);
    }

    private List<Tree> documents(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setAllowDuplicateKeys(true)
                        .setAllowNonScalarKeys(true)
                        .setAllowRecursiveKeys(false)
                        .setMaxAliasesForCollections(YamlLimits.MOST_ALIASES)
                        .setCodePointLimit(YamlLimits.LONGEST_FILE * 2)
                        .build();
        List<Tree> trees = new ArrayList<>();
        try {
            Composer composer =
                    new Composer(
                            settings,
                            new YamlLimits.Guard(
                                    new ParserImpl(settings, new StreamReader(settings, text))));
            while (composer.hasNext()) {
                tree(composer.next()).ifPresent(trees::add);
            }
        } catch (YamlLimits.TooDeepException tooDeep) {
            problems.add(
                    mark(tooDeep),
                    "",
                    tooDeep.getProblem(),
                    "move the inner part into a file of its own with 'include'");
        } catch (MarkedYamlEngineException wrong) {
            Mark mark = place(wrong);
            problems.add(
                    mark, "", "not valid YAML: " + wrong.getProblem(), hint(text, mark, wrong));
        } catch (YamlEngineException wrong) {
            problems.add(new Mark(file, 1, 1), "", "not valid YAML: " + firstLine(wrong), "");
        } catch (StackOverflowError tooDeep) {
            problems.add(new Mark(file, 1, 1), "", "the file nests too deep", "");
        }
        return trees;
    }

    private static String firstLine(YamlEngineException wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    private static String hint(String text, Mark mark, MarkedYamlEngineException wrong) {
        String line = text.lines().skip(Math.max(0, mark.line() - 1)).findFirst().orElse("");
        if (line.contains("\t")) {
            return "YAML does not allow tabs for indentation; use spaces";
        }
        return wrong.getProblem().startsWith("mapping values are not allowed")
                ? "put quotes around all of a value that holds ': '"
                : "";
    }

    /// The place of the problem; for a quote that is never closed the one where it is opened.
    private Mark place(MarkedYamlEngineException wrong) {
        return wrong.getProblem().contains("unexpected end of stream")
                ? wrong.getContextMark().map(this::mark).orElseGet(() -> mark(wrong))
                : mark(wrong);
    }

    private Mark mark(MarkedYamlEngineException wrong) {
        return wrong.getProblemMark().map(this::mark).orElse(new Mark(file, 1, 1));
    }

    private Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
        return new Mark(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Mark mark(Node node) {
        return node.getStartMark().map(this::mark).orElse(new Mark(file, 1, 1));
    }

    /// Empty when the value cannot be used; the problem is noted then.
    private Optional<Tree> tree(Node node) {
        values++;
        if (values > YamlLimits.MOST_VALUES) {
            problems.add(
                    new Mark(file, 1, 1),
                    "",
                    "the file holds more than %,d values once its anchors are resolved"
                            .formatted(YamlLimits.MOST_VALUES),
                    "use fewer aliases");
            return Optional.empty();
        }
        if (!open.add(node)) {
            problems.add(mark(node), "", "the anchor contains itself", "");
            return Optional.empty();
        }
        if (open.size() > YamlLimits.DEEPEST) {
            open.remove(node);
            problems.add(
                    mark(node),
                    "",
                    "the file nests deeper than %d levels once its anchors are resolved"
                            .formatted(YamlLimits.DEEPEST),
                    "");
            return Optional.empty();
        }
        try {
            return switch (node) {
                case ScalarNode scalar -> Optional.of(scalar(scalar));
                case SequenceNode list -> Optional.of(items(list));
                case MappingNode map -> Optional.of(fields(map));
                default -> Optional.empty();
            };
        } finally {
            open.remove(node);
        }
    }

    private Tree scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.STR)) {
            return new Tree.Scalar(mark(node), Tree.Type.TEXT, text);
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return new Tree.Scalar(mark(node), Tree.Type.NUMBER, text);
        }
        if (tag.equals(Tag.BOOL)) {
            return new Tree.Scalar(mark(node), Tree.Type.BOOLEAN, text);
        }
        if (tag.equals(Tag.NULL)) {
            return new Tree.Scalar(mark(node), Tree.Type.NOTHING, "");
        }
        refuseTag(node);
        return new Tree.Scalar(mark(node), Tree.Type.TEXT, text);
    }

    private void refuseTag(Node node) {
        String tag = node.getTag().getValue();
        problems.add(mark(node), tag, "the tag '%s' is not allowed".formatted(tag), "leave it out");
    }

    private Tree items(SequenceNode list) {
        if (!list.getTag().equals(Tag.SEQ)) {
            refuseTag(list);
        }
        List<Tree> items = new ArrayList<>();
        list.getValue().forEach(item -> tree(item).ifPresent(items::add));
        return new Tree.Items(mark(list), items);
    }

    private Tree fields(MappingNode map) {
        if (!map.getTag().equals(Tag.MAP)) {
            refuseTag(map);
        }
        Map<String, Tree.Entry> merged = new LinkedHashMap<>();
        Map<String, Tree.Entry> own = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(mark(tuple.getKeyNode()), "", "keys have to be text", "");
            } else if (key.getValue().equals("<<")) {
                merge(tuple.getValueNode(), merged);
            } else {
                Optional<Tree> value = tree(tuple.getValueNode());
                if (own.containsKey(key.getValue())) {
                    problems.add(
                            mark(key),
                            key.getValue(),
                            "the key '%s' stands here twice".formatted(key.getValue()),
                            "keep one of them");
                }
                value.ifPresent(tree -> own.put(key.getValue(), new Tree.Entry(mark(key), tree)));
            }
        }
        merged.forEach(own::putIfAbsent);
        return new Tree.Fields(mark(map), own);
    }

    private void merge(Node value, Map<String, Tree.Entry> into) {
        switch (tree(value).orElse(null)) {
            case Tree.Fields fields -> fields.entries().forEach(into::putIfAbsent);
            case Tree.Items list
                    when list.items().stream().allMatch(Tree.Fields.class::isInstance) ->
                    list.items().stream()
                            .map(Tree.Fields.class::cast)
                            .forEach(fields -> fields.entries().forEach(into::putIfAbsent));
            case null -> {
                // The problem is noted already
            }
            case Tree.Items _, Tree.Scalar _ ->
                    problems.add(
                            mark(value), "<<", "'<<' merges maps only", "name an anchor of a map");
        }
    }
}
