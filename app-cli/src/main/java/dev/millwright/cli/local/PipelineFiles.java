package dev.millwright.cli.local;

import dev.millwright.engine.yaml.PipelineReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The files that make up one pipeline, at least one.
record PipelineFiles(List<PipelineFile> files) {
    PipelineFiles {
        files = List.copyOf(files);
    }

    /// @param named the file that the user wants; null for the usual ones of the directory
    static PipelineFiles of(Path directory, @Nullable String named, LocalFormats formats) {
        return new PipelineFiles(
                named == null
                        ? PipelineFile.usual(directory, formats)
                        : List.of(new PipelineFile(directory, named)));
    }

    /// @param pipeline its name, for files that hold several
    FileReading read(LocalFormats formats, String pipeline) {
        PipelineFile first = files.getFirst();
        if (files.size() == 1) {
            return first.read(formats, pipeline);
        }
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        files.forEach(file -> texts.put(file.name(), file.text()));
        return new FileReading(
                first.placed(PipelineReader.create().readAll(texts, first.includes()), names()));
    }

    List<String> names() {
        return files.stream().map(PipelineFile::name).toList();
    }

    /// The name of the one file, or that of the directory.
    String pipelineName() {
        PipelineFile first = files.getFirst();
        return files.size() == 1 ? first.pipelineName() : first.directoryName();
    }
}
