package dev.millwright.server.resource;

import java.util.List;
import java.util.Optional;

/// The kinds of resources that this server knows.
final class Kinds {
    static final Kind NAMESPACE =
            new Kind("Namespace", "namespaces", false, (resource, spec) -> List.of());
    static final Kind PIPELINE =
            new Kind(
                    "Pipeline",
                    "pipelines",
                    true,
                    (resource, spec) ->
                            PipelineSpecReader.read(resource.address(), spec).problems());
    static final Kind EXPORTER =
            new Kind(
                    Resources.EXPORTER,
                    "exporters",
                    true,
                    (resource, spec) -> ExporterSpec.read(spec).problems());
    static final Kind FORGE =
            new Kind(
                    Resources.FORGE,
                    "forges",
                    true,
                    (resource, spec) -> ForgeSpec.read(spec).problems());
    static final Kind NOTIFIER =
            new Kind(
                    Resources.NOTIFIER,
                    "notifiers",
                    true,
                    (resource, spec) -> NotifierSpec.read(spec).problems());
    static final Kind SECRET_STORE =
            new Kind(
                    Resources.SECRET_STORE,
                    "secret-stores",
                    true,
                    (resource, spec) -> SecretStoreSpec.read(spec).problems());
    static final List<Kind> ALL =
            List.of(NAMESPACE, PIPELINE, EXPORTER, FORGE, NOTIFIER, SECRET_STORE);

    private Kinds() {}

    static Optional<Kind> named(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Kind::name).toList();
    }
}
