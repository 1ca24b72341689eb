package dev.millwright.server.web;

import dev.millwright.api.plugin.PluginList;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.host.PluginHost;
import dev.millwright.host.PluginStatus;
import dev.millwright.plugin.PluginApi;
import dev.millwright.server.access.Access;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import java.util.List;
import java.util.Locale;

/// Plugins: what there is and how it stands. They are put into their folder and not uploaded: a
/// stolen key must not run code in the server.
final class PluginRoutes {
    private final PluginHost plugins;

    PluginRoutes(PluginHost plugins) {
        this.plugins = plugins;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/plugins", Access.VIEW, "plugins", "List this server's plugins")
                        .gives(Reply.json(200, PluginList.class, "All files in the folder"))
                        .by(_ -> Answer.ok(list())));
    }

    private PluginList list() {
        return new PluginList(
                plugins.directory().toString(),
                PluginApi.VERSION,
                plugins.plugins().stream().map(PluginRoutes::view).toList());
    }

    private static PluginView view(PluginStatus status) {
        return new PluginView(
                status.file(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.reason(),
                status.warning(),
                status.id(),
                status.version(),
                status.requires(),
                status.provider(),
                status.description(),
                status.sha256(),
                status.refused(),
                status.overdue(),
                status.extensions().stream()
                        .map(one ->
                                new PluginView.Extension(
                                        one.point(), one.kind(), one.schema().values()))
                        .toList());
    }
}
