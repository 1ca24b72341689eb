package dev.millwright.server;

import dev.millwright.host.Extensions;
import dev.millwright.host.use.Point;
import dev.millwright.node.process.ProcessRunner;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.server.config.ServerConfig;
import dev.millwright.server.notify.http.SlackNotifier;
import dev.millwright.server.notify.http.WebhookNotifier;
import dev.millwright.server.trigger.GenericHook;
import java.time.InstantSource;

/// The extensions that need no plugin.
final class BuiltIns {
    private BuiltIns() {}

    static void add(Extensions extensions, ServerConfig config) {
        NetworkWall wall = config.network().wall();
        var _ =
                extensions
                        .add(Point.RUNNER, new ProcessRunner(config.node().shell()))
                        .add(Point.WEBHOOK, new GenericHook())
                        .add(Point.NOTIFIER, new WebhookNotifier(InstantSource.system(), wall))
                        .add(Point.NOTIFIER, new SlackNotifier(wall));
    }
}
