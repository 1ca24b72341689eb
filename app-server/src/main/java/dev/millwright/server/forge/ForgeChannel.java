package dev.millwright.server.forge;

import dev.millwright.host.call.BoundScm;
import dev.millwright.host.use.Point;
import dev.millwright.model.plan.Source;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.Sent;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.outbox.Channel;
import dev.millwright.server.outbox.Letter;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.resource.ForgeSpec;
import dev.millwright.server.run.RunView;
import java.time.Duration;
import java.util.Optional;

/// One declared forge. What is shown is how the run stands at the moment of showing it; what was
/// overtaken meanwhile is left out. Called from any thread.
public final class ForgeChannel implements Channel {
    /// Nobody looks at the state of a commit of yesterday, and the last one comes with the end.
    private static final Keep KEEP = new Keep(Duration.ofDays(1), 10_000);

    private final Identity identity;
    private final ForgeSpec spec;
    private final Forges.Sources sources;

    ForgeChannel(Resource resource, ForgeSpec spec, Forges.Sources sources) {
        this.identity = Identity.of("forge", resource);
        this.spec = spec;
        this.sources = sources;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Keep keep() {
        return KEEP;
    }

    @Override
    public String problem() {
        return new MissingPlugins(sources.extensions()).problem(Point.SCM, spec.type()).orElse("");
    }

    @Override
    public Optional<Message> about(NewEvent event) {
        return Stage.of(event)
                .filter(_ -> spec.wants(namespace(), event.namespace()))
                .filter(_ -> event.data().has("commit"))
                .map(stage -> new Message(stage.name(), ""));
    }

    @Override
    public Optional<Sent> tell(Letter letter) throws InterruptedException {
        Optional<RunView> run = sources.runs().view(letter.run());
        if (run.isEmpty()) {
            return Optional.of(
                    new Sent.Never("run %s is not stored any more".formatted(letter.run())));
        }
        Optional<Source> source =
                run.get().plan().head().source().filter(one -> !one.url().isEmpty());
        if (source.isEmpty() || Stage.valueOf(letter.occasion()).isBefore(run.get().record())) {
            return Optional.empty();
        }
        Optional<BoundScm> forge = sources.bound(namespace(), spec);
        if (forge.isEmpty()) {
            return Optional.of(new Sent.Later(problem(), Duration.ZERO));
        }
        return forge.get().handles(source.get().url())
                ? Optional.of(
                        forge.get()
                                .setStatus(
                                        Statuses.of(
                                                run.get(),
                                                source.get(),
                                                sources.serverUrl(),
                                                letter.tries())))
                : Optional.empty();
    }
}
