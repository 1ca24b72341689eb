package dev.millwright.host;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.yaml.YamlDocuments;
import dev.millwright.engine.yaml.YamlException;
import dev.millwright.host.load.PluginManifest;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.PluginContext;
import dev.millwright.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Gives a plugin its folder and what stands in its file of settings.
///
/// @param settingsFile need not exist
record FolderContext(
        PluginManifest manifest,
        Path folder,
        Path settingsFile,
        SecretSource secrets,
        NetworkWall wall)
        implements PluginContext {

    @Override
    public String plugin() {
        return manifest.id();
    }

    @Override
    public String version() {
        return manifest.version();
    }

    @Override
    public <S extends Record> S settings(Class<S> type) {
        List<YamlDocuments.Document> documents = read();
        if (documents.size() > 1) {
            throw new PluginException(settingsFile + " holds more than one document");
        }
        Parameters written = documents.isEmpty() ? Parameters.NONE : documents.getFirst().values();
        try {
            return RecordBinder.bind(type, written, secrets);
        } catch (BindingException unfit) {
            throw new PluginException(
                    String.join(
                            "; ",
                            unfit.problems().stream()
                                    .map(problem ->
                                            place(documents, problem.pointer()) + problem.render())
                                    .toList()));
        }
    }

    private String place(List<YamlDocuments.Document> documents, String pointer) {
        return documents.isEmpty()
                ? "%s is needed: ".formatted(settingsFile)
                : "%s:%d: ".formatted(settingsFile, documents.getFirst().markOf(pointer).line());
    }

    private List<YamlDocuments.Document> read() {
        try {
            return YamlDocuments.read(
                    settingsFile.getFileName().toString(), Files.readString(settingsFile));
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException | YamlException unreadable) {
            throw new PluginException(
                    "%s cannot be read: %s".formatted(settingsFile, unreadable.getMessage()),
                    unreadable);
        }
    }
}
