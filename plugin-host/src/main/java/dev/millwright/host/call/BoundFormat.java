package dev.millwright.host.call;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.PipelineFile;
import dev.millwright.plugin.format.PipelineFormat;
import java.time.Duration;
import java.util.List;

/// A format of pipeline files with its settings.
///
/// Called from any thread. Throws what [Use#call] throws, and
/// [dev.millwright.engine.binding.BindingException] when what users wrote does not fit.
public record BoundFormat(Use<PipelineFormat<?>> use, Parameters written, SecretSource secrets) {
    private static final Duration FILES = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(10);

    /// Where such files stand.
    public List<String> files() throws InterruptedException {
        return use.call("files", FILES, typed -> List.copyOf(typed.files()));
    }

    /// Read one file.
    public FormatResult read(PipelineFile file) throws InterruptedException {
        return use.call("read", READ, typed -> read(typed, file));
    }

    private <C extends Record> FormatResult read(PipelineFormat<C> typed, PipelineFile file) {
        return typed.read(file, settings(typed));
    }

    private <C extends Record> C settings(PipelineFormat<C> typed) {
        return RecordBinder.bind(typed.configuration(), written, secrets);
    }
}
