package dev.millwright.server.plugin;

import dev.millwright.host.PluginHost;
import dev.millwright.host.bundled.BundledPlugins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the plugins' folder and hands on what is new.
///
/// Used by one thread.
public final class PluginWatch {
    private static final Logger log = LoggerFactory.getLogger(PluginWatch.class);

    private final PluginHost plugins;
    private final RunnerPlugins shelf;
    private final PluginJournal journal;
    private final UpdateHints hints = new UpdateHints(BundledPlugins.find());

    private PluginWatch(PluginHost plugins, RunnerPlugins shelf, PluginJournal journal) {
        this.plugins = plugins;
        this.shelf = shelf;
        this.journal = journal;
    }

    /// Look at the plugins of that host.
    ///
    /// @param shelf what nodes get
    public static PluginWatch create(
            PluginHost plugins, RunnerPlugins shelf, PluginJournal journal) {
        return new PluginWatch(plugins, shelf, journal);
    }

    /// Look once.
    public void tick() {
        ServerPlugins.tick(plugins);
        shelf.look(plugins);
        journal.look(plugins.plugins());
        hints.look(plugins.plugins()).forEach(log::warn);
    }
}
