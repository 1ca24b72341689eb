package dev.millwright.server.notify;

import dev.millwright.host.Extensions;
import dev.millwright.host.call.BoundNotifier;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.notify.Notifier;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.resource.NotifierSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.Runs;
import dev.millwright.server.secret.SettingSecrets;
import java.util.List;
import java.util.Optional;

/// What administrators declare as `Notifier`, ready to be told of runs. Called from any thread.
public final class Notifiers {
    private final Resources resources;
    private final Sources sources;

    /// Where notifiers find what they tell and what they tell it with.
    ///
    /// @param serverUrl base of links to this server, without a slash at the end
    public record Sources(
            Extensions extensions,
            SettingSecrets secrets,
            Runs runs,
            LogStore logs,
            String serverUrl) {
        Optional<BoundNotifier> bound(String namespace, NotifierSpec spec)
                throws InterruptedException {
            Optional<Use<Notifier<?>>> use = extensions.find(Point.NOTIFIER, spec.type());
            return use.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new BoundNotifier(
                                    use.get(),
                                    spec.settings(),
                                    secrets.of(namespace, spec.settings(), true)));
        }
    }

    private Notifiers(Resources resources, Sources sources) {
        this.resources = resources;
        this.sources = sources;
    }

    public static Notifiers create(Resources resources, Sources sources) {
        return new Notifiers(resources, sources);
    }

    /// All that there are now.
    public List<NotifierChannel> channels() {
        return resources.all(Resources.NOTIFIER).stream().map(this::channel).toList();
    }

    private NotifierChannel channel(Resource resource) {
        return new NotifierChannel(resource, NotifierSpec.of(resource.spec()), sources);
    }
}
