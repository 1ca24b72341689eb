package dev.millwright.host.call;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.poll.PollRequest;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.poll.PollingTrigger;
import java.time.Duration;

/// A poll of a pipeline with the trigger that looks.
///
/// Called from any thread. Throws what [Use#call] throws, and
/// [dev.millwright.engine.binding.BindingException] when what users wrote does not fit.
public record BoundPoll(Use<PollingTrigger<?>> use, Parameters written, SecretSource secrets) {
    private static final Duration POLL = Duration.ofMinutes(2);

    /// Look once.
    public PollResult poll(PollRequest request) throws InterruptedException {
        return use.call("poll", POLL, typed -> poll(typed, request));
    }

    private <C extends Record> PollResult poll(PollingTrigger<C> typed, PollRequest request)
            throws InterruptedException {
        return typed.poll(request, settings(typed));
    }

    private <C extends Record> C settings(PollingTrigger<C> typed) {
        return RecordBinder.bind(typed.configuration(), written, secrets);
    }
}
