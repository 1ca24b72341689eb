package dev.millwright.formats;

import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.PipelineFile;
import dev.millwright.plugin.format.PipelineFormat;
import java.util.List;

/// Reads the JSON files of bass: `pipelines.json`, the list of pipelines that an orchestrator
/// starts with, and a node, the description of one build. Called from any thread.
public final class BassFormat implements PipelineFormat<NoConfiguration> {
    @Override
    public String kind() {
        return "bass";
    }

    @Override
    public Class<NoConfiguration> configuration() {
        return NoConfiguration.class;
    }

    @Override
    public List<String> files() {
        return List.of("pipelines.json", "orchestrator-pipelines.json", "bass.json");
    }

    @Override
    public FormatResult read(PipelineFile file, NoConfiguration none) {
        Faults faults = new Faults();
        return FileText.map(file.content().text(), "JSON", faults)
                .map(map -> new Keys(map, "the file", faults))
                .map(keys ->
                        isNode(keys)
                                ? BassNode.pipeline(keys)
                                : BassPipelines.of(keys, file.pipeline()))
                .map(faults::resultOf)
                .orElseGet(faults::invalid);
    }

    /// A node has a name; an entry of a list of pipelines is a map.
    private static boolean isNode(Keys file) {
        return file.value("name").filter(Placed.Scalar.class::isInstance).isPresent()
                || file.value("steps").filter(Placed.Items.class::isInstance).isPresent();
    }
}
