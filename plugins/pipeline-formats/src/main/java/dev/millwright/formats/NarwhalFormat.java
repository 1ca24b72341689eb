package dev.millwright.formats;

import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.FormatResult.Place;
import dev.millwright.plugin.format.PipelineFile;
import dev.millwright.plugin.format.PipelineFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `narwhal.yml`: one image, variables, and steps of one command each, which run in
/// containers of the image. Called from any thread.
public final class NarwhalFormat implements PipelineFormat<NoConfiguration> {
    private static final String USUAL_IMAGE = "ubuntu";
    private static final List<String> KEYS = List.of("name", "image", "env", "steps");
    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";

    @Override
    public String kind() {
        return "narwhal";
    }

    @Override
    public Class<NoConfiguration> configuration() {
        return NoConfiguration.class;
    }

    @Override
    public List<String> files() {
        return List.of("narwhal.yml", "narwhal.yaml");
    }

    @Override
    public FormatResult read(PipelineFile file, NoConfiguration none) {
        Faults faults = new Faults();
        return FileText.map(file.content().text(), "YAML", faults)
                .map(map -> pipeline(new Keys(map, "the file", faults)))
                .map(faults::resultOf)
                .orElseGet(faults::invalid);
    }

    private static Made pipeline(Keys file) {
        Made pipeline = new Made(file.place());
        file.leaveOutAllBut(KEYS);
        file.text("name")
                .ifPresent(name -> pipeline.put("name", Literal.of(name), file.place("name")));
        Map<String, String> environment = environment(file);
        if (!environment.isEmpty()) {
            pipeline.put("environment", environment, file.place("env"));
        }
        String image = Literal.of(file.text("image").orElse(USUAL_IMAGE));
        return pipeline.put("steps", NarwhalSteps.of(file, image).arranged());
    }

    private static Map<String, String> environment(Keys file) {
        Map<String, String> environment = new LinkedHashMap<>();
        Optional<Placed.Fields> written = file.fields("env");
        written.ifPresent(map ->
                map.entries()
                        .forEach((name, entry) -> {
                            if (!name.matches(VARIABLE)) {
                                file.faults()
                                        .add(
                                                entry.key(),
                                                "'env': '%s' is no name for a variable; it has letters, digits and '_', and does not begin with a digit"
                                                        .formatted(name));
                            } else if (entry.value()
                                    instanceof Placed.Scalar(Place _, String text, boolean _)) {
                                environment.put(name, Literal.of(text));
                            } else {
                                file.faults()
                                        .add(
                                                entry.value().place(),
                                                "'env': '%s' is a text, not %s"
                                                        .formatted(name, entry.value().kind()));
                            }
                        }));
        return environment;
    }
}
