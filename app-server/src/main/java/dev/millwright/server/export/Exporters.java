package dev.millwright.server.export;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.host.Extensions;
import dev.millwright.host.call.BoundExporter;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.export.Exporter;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.resource.ExporterSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.Runs;
import dev.millwright.server.secret.SecretsUnavailableException;
import dev.millwright.server.secret.SettingSecrets;
import dev.millwright.server.telemetry.StepTelemetry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What administrators declare as `Exporter`, ready to be told of runs. Called from any thread.
public final class Exporters {
    private static final Logger log = LoggerFactory.getLogger(Exporters.class);

    private final Resources resources;
    private final Sources sources;

    /// What each exporter wanted to be told of when it last could say so.
    private final Map<UUID, Set<Occasion>> wanted = new HashMap<>();

    /// Where exporters find what they tell and what they tell it with.
    ///
    /// @param serverUrl base of links to this server, without a slash at the end
    public record Sources(
            Extensions extensions,
            SettingSecrets secrets,
            Runs runs,
            LogStore logs,
            StepTelemetry telemetry,
            String serverUrl) {
        Optional<BoundExporter> bound(String namespace, ExporterSpec spec, boolean wait)
                throws InterruptedException {
            Optional<Use<Exporter<?>>> use = extensions.find(Point.EXPORTER, spec.type());
            return use.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new BoundExporter(
                                    use.get(),
                                    spec.settings(),
                                    secrets.of(namespace, spec.settings(), wait)));
        }
    }

    private Exporters(Resources resources, Sources sources) {
        this.resources = resources;
        this.sources = sources;
    }

    public static Exporters create(Resources resources, Sources sources) {
        return new Exporters(resources, sources);
    }

    /// All that there are now.
    public synchronized List<ExporterChannel> channels() {
        List<ExporterChannel> channels =
                resources.all(Resources.EXPORTER).stream().map(this::channel).toList();
        wanted.keySet().retainAll(channels.stream().map(ExporterChannel::id).toList());
        return channels;
    }

    private ExporterChannel channel(Resource resource) {
        UUID id = resource.uuid().orElseThrow();
        ExporterSpec spec = ExporterSpec.of(resource.spec());
        occasions(resource, spec).ifPresent(occasions -> wanted.put(id, occasions));
        // Whoever cannot say yet what it wants is asked again when something is told
        return new ExporterChannel(
                resource, spec, wanted.getOrDefault(id, Set.of(Occasion.values())), sources);
    }

    private Optional<Set<Occasion>> occasions(Resource resource, ExporterSpec spec) {
        try {
            Optional<BoundExporter> bound = sources.bound(resource.namespace(), spec, false);
            return bound.isPresent() ? Optional.of(bound.get().occasions()) : Optional.empty();
        } catch (BindingException | PluginCallException | SecretsUnavailableException unfit) {
            log.debug("exporter {}: {}", resource.address(), unfit.getMessage());
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
