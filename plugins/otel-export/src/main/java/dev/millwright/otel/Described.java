package dev.millwright.otel;

import dev.millwright.model.plan.Source;
import dev.millwright.plugin.report.RunReport;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.regex.Pattern;

/// Tells in the words of the semantic conventions for CI/CD where signals come from. Immutable.
///
/// @param version of this plugin
record Described(RunReport run, OtelSettings settings, String version) {
    static final String SCHEMA = "https://opentelemetry.io/schemas/1.37.0";
    private static final Pattern LAST_PART = Pattern.compile("([^/:]+?)(\\.git)?/*$");

    /// With the run itself: for spans and logs.
    Resource ofRun() {
        Attributes attributes = pipeline();
        attributes
                .put("cicd.pipeline.run.id", run.id().toString())
                .put("cicd.pipeline.run.url.full", run.url());
        run.source().ifPresent(source -> head(attributes, source));
        return resource(attributes);
    }

    /// Of a pipeline without any run.
    static Resource ofPipeline(OtelSettings settings, String namespace, String pipeline) {
        return named(
                settings,
                settings.serviceName()
                        .replace("{namespace}", namespace)
                        .replace("{pipeline}", pipeline));
    }

    /// Of the server as a whole.
    static Resource ofServer(OtelSettings settings) {
        String name = settings.serviceName();
        return named(settings, name.contains("{") ? "millwright" : name);
    }

    private static Resource named(OtelSettings settings, String service) {
        Attributes attributes = new Attributes().put("service.name", service);
        settings.attributes().forEach(attributes::put);
        return resource(attributes);
    }

    /// Of a program inside the run that sent spans itself.
    ///
    /// @param service what it calls itself; empty when it does not say
    Resource ofProgram(String service) {
        return resource(
                new Attributes()
                        .put("service.name", service.isEmpty() ? serviceName() : service)
                        .put("cicd.pipeline.name", run.pipeline())
                        .put("cicd.pipeline.run.id", run.id().toString()));
    }

    /// Without it: each value of a metric's resource is a series of its own.
    Resource ofPipeline() {
        return resource(pipeline());
    }

    private Attributes pipeline() {
        Attributes attributes =
                new Attributes()
                        .put("service.name", serviceName())
                        .put("cicd.pipeline.name", run.pipeline())
                        .put("millwright.namespace", run.namespace());
        run.source()
                .ifPresent(source ->
                        attributes
                                .put("vcs.repository.url.full", source.url())
                                .put("vcs.repository.name", lastPart(source.url())));
        settings.attributes().forEach(attributes::put);
        return attributes;
    }

    private String serviceName() {
        return settings.serviceName()
                .replace("{namespace}", run.namespace())
                .replace("{pipeline}", run.pipeline());
    }

    private static String lastPart(String url) {
        var match = LAST_PART.matcher(url);
        return match.find() ? match.group(1) : "";
    }

    private static void head(Attributes attributes, Source source) {
        boolean tag = !source.tag().isEmpty();
        String name = tag ? source.tag() : source.branch();
        attributes
                .put("vcs.ref.head.name", name)
                .put("vcs.ref.head.type", name.isEmpty() ? "" : tag ? "tag" : "branch")
                .put("vcs.ref.head.revision", source.commit());
    }

    private static Resource resource(Attributes attributes) {
        return Resource.newBuilder().addAllAttributes(attributes.all()).build();
    }

    InstrumentationScope scope() {
        return scope(version);
    }

    static InstrumentationScope scope(String version) {
        return InstrumentationScope.newBuilder()
                .setName("dev.millwright")
                .setVersion(version)
                .build();
    }
}
