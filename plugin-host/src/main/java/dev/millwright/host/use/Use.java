package dev.millwright.host.use;

import dev.millwright.engine.binding.BindingProblem;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.RecordSchema;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Extension;
import java.time.Duration;
import java.util.List;

/// An extension as everybody but its plugin sees it: guarded by deadlines, and gone when its plugin
/// is. Called from any thread; keep it no longer than one piece of work.
///
/// @param <T> the extension point
public interface Use<T extends Extension<?>> {
    String kind();

    /// Such as `github-webhook 1.2.0`, or `built in`.
    String origin();

    /// Another one each time that its plugin is loaded, also with other settings.
    String life();

    /// What users write for it.
    Class<? extends Record> configuration();

    /// Call the extension. Throws [PluginCallException] when it throws, is too slow, or is gone. An
    /// exception of Millwright's own that the call throws, such as one about its configuration,
    /// comes through as it is.
    ///
    /// @param what for messages: the method's name
    <R> R call(String what, Duration deadline, Call<? super T, R> call) throws InterruptedException;

    /// Keep the extension alive beyond calls, until the hold is closed: for work that it started.
    Hold hold();

    /// What is wrong with a configuration.
    default List<BindingProblem> problems(Parameters written) {
        return RecordBinder.problems(configuration(), written);
    }

    /// JSON Schema of the configuration.
    default Parameters schema() {
        return RecordSchema.of(configuration());
    }

    /// Keeps a plugin loaded.
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
