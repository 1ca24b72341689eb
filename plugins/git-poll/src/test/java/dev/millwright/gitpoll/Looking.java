package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.call.BoundPoll;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.poll.Finding;
import dev.millwright.plugin.poll.PollRequest;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.PluginUnderTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The built plugin, and looks of one poll with it, one after another.
final class Looking implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2027-01-31T06:00:00Z");

    final PluginUnderTest plugin;
    String state = "";

    private Looking(PluginUnderTest plugin) {
        this.plugin = plugin;
    }

    static Looking of(PluginUnderTest plugin) {
        return new Looking(plugin);
    }

    /// @param settings what the administrator wrote
    static Looking with(String settings) {
        return new Looking(
                PluginUnderTest.builder(BuiltPlugin.find())
                        .settings("git-poll", settings)
                        .wall(NetworkWall.CLOSED)
                        .load());
    }

    static Looking everywhere() {
        return with("schemes: [https, ssh, http, file]\ntimeout: 4s\nhosts: [127.0.0.1]\n");
    }

    /// Begin anew, as for another pipeline.
    Looking anew() {
        state = "";
        return this;
    }

    PollResult at(String repository, Object... settings) throws InterruptedException {
        return at(NOW, repository, settings);
    }

    /// @param settings keys and values of what a user writes
    PollResult at(Instant now, String repository, Object... settings) throws InterruptedException {
        Map<String, Object> written = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            written.put((String) settings[i], settings[i + 1]);
        }
        BoundPoll poll = plugin.poll("git", written);
        PollResult result =
                poll.poll(
                        new PollRequest(
                                new TriggeredPipeline("default", "web", repository, "", ""),
                                "git",
                                state,
                                now));
        if (result instanceof PollResult.Looked looked) {
            state = looked.state();
        }
        return result;
    }

    /// What a look that succeeds finds: `REF COMMIT`.
    List<String> found(String repository, Object... settings) throws InterruptedException {
        PollResult result = at(repository, settings);
        assertThat(result).isInstanceOf(PollResult.Looked.class);
        return ((PollResult.Looked) result)
                .findings().stream()
                        .map(Finding::request)
                        .map(request -> request.ref() + " " + request.commit())
                        .toList();
    }

    /// Why a look fails.
    PollResult.Failed failure(String repository, Object... settings) throws InterruptedException {
        PollResult result = at(repository, settings);
        assertThat(result).isInstanceOf(PollResult.Failed.class);
        return (PollResult.Failed) result;
    }

    @Override
    public void close() {
        plugin.close();
    }
}
