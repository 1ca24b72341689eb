package dev.millwright.server.git;

import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.PipelineFile;
import dev.millwright.plugin.format.PipelineFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Each line of `build.lines` is a command, `<FILE` stands for the lines of another file, and `!`
/// is no command; `broken` breaks it.
final class LinesFormat implements PipelineFormat<NoConfiguration> {
    @Override
    public String kind() {
        return "lines";
    }

    @Override
    public Class<NoConfiguration> configuration() {
        return NoConfiguration.class;
    }

    @Override
    public List<String> files() {
        return List.of("build.lines");
    }

    @Override
    public FormatResult read(PipelineFile file, NoConfiguration none) {
        List<String> lines = file.content().text().lines().toList();
        List<Object> steps = new ArrayList<>();
        List<FormatResult.Fault> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals("broken")) {
                throw new MillwrightException("it broke");
            }
            if (line.contains("!")) {
                faults.add(new FormatResult.Fault(i + 1, line.indexOf('!') + 1, "no command"));
            }
            String command =
                    line.startsWith("<")
                            ? file.other(line.substring(1)).map(Payload::text).orElse("false")
                            : line;
            steps.add(Map.of("commands", List.of(command)));
        }
        return faults.isEmpty()
                ? new FormatResult.Read(
                        new Parameters(Map.of("name", file.pipeline(), "steps", steps)),
                        List.of("%d lines".formatted(lines.size())))
                : new FormatResult.Invalid(faults);
    }
}
