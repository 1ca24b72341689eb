package dev.millwright.engine.yaml;

import dev.millwright.model.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads plain values from YAML, for everything but pipelines: resources and configuration. The
/// same limits hold as for pipelines.
public final class YamlDocuments {
    private YamlDocuments() {}

    /// One document: a map, and where each of its values stands.
    ///
    /// @param marks places by JSON pointer, such as `/spec/steps/0`; the document itself is the
    ///   empty pointer
    public record Document(Parameters values, Mark mark, Map<String, Mark> marks) {
        public Document {
            marks = Map.copyOf(marks);
        }

        /// The place of the value, or of the nearest value around it.
        public Mark markOf(String pointer) {
            String at = pointer;
            while (!at.isEmpty() && !marks.containsKey(at)) {
                at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
            }
            return Optional.ofNullable(marks.get(at)).orElse(mark);
        }
    }

    /// Every document of the text. Throws [YamlException] with all problems.
    public static List<Document> read(String file, String text) {
        Problems problems = new Problems();
        List<Tree> trees = TreeReader.read(file, text, problems);
        List<Document> documents = new ArrayList<>();
        for (Tree tree : trees) {
            switch (tree) {
                case Tree.Fields fields -> {
                    Map<String, Mark> marks = new LinkedHashMap<>();
                    collect("", fields, marks);
                    documents.add(new Document(fields.parameters(), fields.mark(), marks));
                }
                case Tree.Scalar(Mark _, Tree.Type type, String _)
                        when type == Tree.Type.NOTHING -> {
                    // An empty document says nothing
                }
                case Tree.Scalar _, Tree.Items _ ->
                        problems.add(
                                tree,
                                "a document is a map, not " + tree.kind(),
                                "write 'key: value'");
            }
        }
        if (!problems.isEmpty()) {
            throw new YamlException(problems.all());
        }
        return documents;
    }

    private static void collect(String pointer, Tree tree, Map<String, Mark> marks) {
        marks.put(pointer, tree.mark());
        switch (tree) {
            case Tree.Scalar _ -> {
                // A scalar holds nothing further
            }
            case Tree.Items list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    collect(pointer + "/" + i, list.items().get(i), marks);
                }
            }
            case Tree.Fields fields ->
                    fields.entries()
                            .forEach((key, entry) -> {
                                String inside = pointer + "/" + Tree.escaped(key);
                                collect(inside, entry.value(), marks);
                                marks.put(inside, entry.mark());
                            });
        }
    }
}
