package dev.millwright.server.link.session;

import dev.millwright.host.PortablePlugin;
import dev.millwright.link.v1.Plugin;
import dev.millwright.link.v1.Plugins;
import dev.millwright.link.v1.ServerMessage;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells one node which plugins there are, at the beginning and when that changes. Any thread.
final class PluginNews {
    private final Supplier<List<PortablePlugin>> plugins;
    private final Predicate<ServerMessage> say;
    private @Nullable List<PortablePlugin> told;

    /// @param say gives whether the message is on its way
    PluginNews(Supplier<List<PortablePlugin>> plugins, Predicate<ServerMessage> say) {
        this.plugins = plugins;
        this.say = say;
    }

    /// Say what the node has not heard yet; also that there is none.
    synchronized void tell() {
        List<PortablePlugin> now = plugins.get();
        if (!now.equals(told) && say.test(message(now))) {
            told = now;
        }
    }

    private static ServerMessage message(List<PortablePlugin> plugins) {
        Plugins.Builder wire = Plugins.newBuilder();
        for (PortablePlugin plugin : plugins) {
            wire.addPlugins(
                    Plugin.newBuilder()
                            .setId(plugin.id())
                            .setVersion(plugin.version())
                            .setRequires(plugin.requires())
                            .setSha256(plugin.sha256())
                            .setSize(plugin.size())
                            .setForm(plugin.form())
                            .setSignature(plugin.signature())
                            .addAllRunners(plugin.runners()));
        }
        return ServerMessage.newBuilder().setPlugins(wire).build();
    }
}
