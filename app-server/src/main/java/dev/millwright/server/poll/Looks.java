package dev.millwright.server.poll;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.host.Extensions;
import dev.millwright.host.call.BoundPoll;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.poll.PollRequest;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.poll.PollingTrigger;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.secret.SecretsUnavailableException;
import dev.millwright.server.secret.SettingSecrets;
import dev.millwright.server.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The looks that this server carries out, each on a thread of its own: one that hangs holds up no
/// other.
///
/// Called from any thread.
final class Looks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Looks.class);
    private static final long LAST_PATIENCE_SECONDS = 3;

    private final Extensions extensions;
    private final SettingSecrets secrets;
    private final PollStore store;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<UUID, Look> underWay = new ConcurrentHashMap<>();

    Looks(Extensions extensions, SettingSecrets secrets, PollStore store, InstantSource clock) {
        this.extensions = extensions;
        this.secrets = secrets;
        this.store = store;
        this.clock = clock;
    }

    /// How many looks of that type go on.
    int count(String type) {
        return (int) underWay.values().stream().filter(look -> look.type().equals(type)).count();
    }

    Set<UUID> claims() {
        return Set.copyOf(underWay.keySet());
    }

    /// What is wrong while no plugin of this server looks for polls of that type.
    Optional<String> missing(String type) {
        return new MissingPlugins(extensions).problem(Point.POLL, type);
    }

    /// Differs from before once the plugin for polls of that type was loaded anew; empty while
    /// there is none.
    Optional<String> life(String type) {
        return extensions.find(Point.POLL, type).map(Use::life);
    }

    boolean isKnown(String type) {
        return extensions.find(Point.POLL, type).isPresent();
    }

    void begin(Look look) {
        underWay.put(look.claim(), look);
        var _ = threads.submit(() -> carryOut(look));
    }

    private void carryOut(Look look) {
        try {
            Optional<String> state = store.state(look);
            if (state.isPresent()) {
                settle(look, state.get(), ask(look, state.get()));
            }
        } catch (InterruptedException stopped) {
            // The next life of a server begins with it
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            // The fence is still there, and the next tick finds that nobody looks
            log.warn("what poll {} found could not be stored: {}", look.key(), failed.toString());
        } finally {
            underWay.remove(look.claim());
        }
    }

    private void settle(Look look, String before, PollResult result) {
        switch (result) {
            case PollResult.Failed(String reason, Duration notBefore) ->
                    store.failed(look, reason, notBefore);
            case PollResult.Looked looked -> keep(look, before, looked);
        }
    }

    private void keep(Look look, String before, PollResult.Looked looked) {
        boolean news = !looked.findings().isEmpty();
        if (news) {
            CrashPoints.hit("K13");
        }
        try {
            store.looked(look, before, looked);
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (MillwrightException unfit) {
            // Such as a finding that has no room in its column: other polls go on
            store.failed(
                    look, "what was found cannot be stored: " + unfit.getMessage(), Duration.ZERO);
        }
        if (news) {
            CrashPoints.hit("K14");
        }
    }

    private PollResult ask(Look look, String state) throws InterruptedException {
        PollRequest request =
                new PollRequest(look.poll().pipeline(), look.key().name(), state, clock.instant());
        Optional<Use<PollingTrigger<?>>> use = extensions.find(Point.POLL, look.type());
        if (use.isEmpty()) {
            return failure(
                    "the plugin for polls of the type '%s' was taken away".formatted(look.type()));
        }
        Parameters settings = look.poll().poll().settings();
        String namespace = look.key().namespace();
        try {
            return new BoundPoll(use.get(), settings, secrets.of(namespace, settings, true))
                    .poll(request);
        } catch (SecretsUnavailableException unknown) {
            return failure(String.valueOf(unknown.getMessage()));
        } catch (BindingException unfit) {
            return failure("it is not set up well: " + unfit.getMessage());
        } catch (PluginCallException told) {
            return failure(String.valueOf(told.getMessage()));
        } catch (RuntimeException broken) {
            return failure("its trigger failed: " + broken);
        }
    }

    private static PollResult failure(String reason) {
        return new PollResult.Failed(reason, Duration.ZERO);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            var _ = threads.awaitTermination(LAST_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
