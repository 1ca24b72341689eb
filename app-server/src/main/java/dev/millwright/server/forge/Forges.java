package dev.millwright.server.forge;

import dev.millwright.host.Extensions;
import dev.millwright.host.call.BoundScm;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.scm.ScmProvider;
import dev.millwright.server.resource.ForgeSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.Runs;
import dev.millwright.server.secret.SettingSecrets;
import java.util.List;
import java.util.Optional;

/// What administrators declare as `Forge`, ready to be told how runs stand. Called from any thread.
public final class Forges {
    private final Resources resources;
    private final Sources sources;

    /// Where forges find what they show and what they show it with.
    ///
    /// @param serverUrl base of links to this server, without a slash at the end
    public record Sources(
            Extensions extensions, SettingSecrets secrets, Runs runs, String serverUrl) {
        Optional<BoundScm> bound(String namespace, ForgeSpec spec) throws InterruptedException {
            Optional<Use<ScmProvider<?>>> use = extensions.find(Point.SCM, spec.type());
            return use.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new BoundScm(
                                    use.get(),
                                    spec.settings(),
                                    secrets.of(namespace, spec.settings(), true)));
        }
    }

    private Forges(Resources resources, Sources sources) {
        this.resources = resources;
        this.sources = sources;
    }

    public static Forges create(Resources resources, Sources sources) {
        return new Forges(resources, sources);
    }

    /// All that there are now.
    public List<ForgeChannel> channels() {
        return resources.all(Resources.FORGE).stream().map(this::channel).toList();
    }

    private ForgeChannel channel(Resource resource) {
        return new ForgeChannel(resource, ForgeSpec.of(resource.spec()), sources);
    }
}
