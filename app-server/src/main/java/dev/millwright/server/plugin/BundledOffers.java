package dev.millwright.server.plugin;

import dev.millwright.host.use.Point;
import java.util.List;
import java.util.Optional;

/// What the plugins that come with Millwright offer, without loading them: a test holds this table
/// against the plugins.
public record BundledOffers(String point, String kind, String plugin) {
    private static final String FORGES = "forge-webhooks";

    /// One line for each extension.
    public static final List<BundledOffers> ALL =
            List.of(
                    new BundledOffers("WebhookTrigger", "github", "github-webhook"),
                    new BundledOffers("ScmProvider", "github", "github-webhook"),
                    new BundledOffers("WebhookTrigger", "gitlab", FORGES),
                    new BundledOffers("WebhookTrigger", "gitea", FORGES),
                    new BundledOffers("WebhookTrigger", "forgejo", FORGES),
                    new BundledOffers("WebhookTrigger", "bitbucket", FORGES),
                    new BundledOffers("WebhookTrigger", "bitbucket-data-center", FORGES),
                    new BundledOffers("ScmProvider", "gitlab", FORGES),
                    new BundledOffers("ScmProvider", "gitea", FORGES),
                    new BundledOffers("ScmProvider", "forgejo", FORGES),
                    new BundledOffers("ScmProvider", "bitbucket", FORGES),
                    new BundledOffers("ScmProvider", "bitbucket-data-center", FORGES),
                    new BundledOffers("PollingTrigger", "git", "git-poll"),
                    new BundledOffers("Runner", "container", "docker-runner"),
                    new BundledOffers("Exporter", "otel", "otel-export"),
                    new BundledOffers("Notifier", "mail", "mail-notify"),
                    new BundledOffers("PipelineFormat", "narwhal", "pipeline-formats"),
                    new BundledOffers("PipelineFormat", "bass", "pipeline-formats"));

    /// The plugin that offers it; empty when none of them does.
    public static Optional<String> plugin(Point<?> point, String kind) {
        return ALL.stream()
                .filter(one -> one.point().equals(point.name()) && one.kind().equals(kind))
                .map(BundledOffers::plugin)
                .findFirst();
    }
}
