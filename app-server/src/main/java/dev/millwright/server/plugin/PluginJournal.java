package dev.millwright.server.plugin;

import dev.millwright.host.PluginStatus;
import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into the journal of the namespace `system` which plugins this server came to use, refused
/// and gave up, so that one can tell afterwards whose code ran when.
///
/// Used by one thread.
public final class PluginJournal {
    private static final Logger log = LoggerFactory.getLogger(PluginJournal.class);
    private static final String NAMESPACE = "system";
    private static final String REFUSED = "plugin.refused";

    private final Database database;
    private final Journal journal;
    private final String server;
    private Map<String, PluginStatus> known = Map.of();

    /// @param server the name of this one among those of the database
    public PluginJournal(Database database, Journal journal, String server) {
        this.database = database;
        this.journal = journal;
        this.server = server;
    }

    /// Take note of how the files stand now.
    public void look(List<PluginStatus> plugins) {
        Map<String, PluginStatus> now = new TreeMap<>();
        for (PluginStatus plugin : plugins) {
            if (plugin.state() != PluginStatus.State.STOPPING) {
                now.put(plugin.file(), plugin);
            }
        }
        List<NewEvent> news = news(now);
        try {
            if (!news.isEmpty()) {
                database.change(tx -> news.forEach(event -> journal.append(tx, event)));
            }
            known = now;
        } catch (StoreException away) {
            // The next look finds the same news
            log.debug("news of plugins could not be stored", away);
        }
    }

    private List<NewEvent> news(Map<String, PluginStatus> now) {
        List<NewEvent> news = new ArrayList<>();
        known.values().stream()
                .filter(old -> isUsed(old) && !isUsed(now.get(old.file())))
                .forEach(old -> news.add(event("plugin.removed", old, "")));
        for (PluginStatus plugin : now.values()) {
            PluginStatus old = known.get(plugin.file());
            boolean same = old != null && isUsed(old) && old.sha256().equals(plugin.sha256());
            if (isUsed(plugin) && !same) {
                news.add(event("plugin.loaded", plugin, ""));
                if (!plugin.warning().isEmpty()) {
                    news.add(event("plugin.downgraded", plugin, plugin.warning()));
                }
            }
            if (!plugin.reason().isEmpty() && !isTold(plugin, old)) {
                news.add(event(REFUSED, plugin, plugin.reason()));
            }
        }
        return news;
    }

    /// Which version is used in place of a superseded one is told by that one's own event.
    private static boolean isTold(PluginStatus plugin, @Nullable PluginStatus old) {
        return old != null
                && (old.reason().equals(plugin.reason())
                        || (isSuperseded(old) && isSuperseded(plugin)));
    }

    private static boolean isSuperseded(PluginStatus plugin) {
        return plugin.state() == PluginStatus.State.SUPERSEDED;
    }

    private static boolean isUsed(@Nullable PluginStatus plugin) {
        return plugin != null && plugin.state() == PluginStatus.State.STARTED;
    }

    private NewEvent event(String type, PluginStatus plugin, String reason) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("server", server);
        data.put("file", plugin.file());
        if (!type.equals(REFUSED)) {
            data.put("plugin", plugin.id());
            data.put("version", plugin.version());
            data.put("sha256", plugin.sha256());
        }
        if (!reason.isEmpty()) {
            data.put("reason", reason);
        }
        return NewEvent.of(NAMESPACE, type, "plugin/" + plugin.file(), new Parameters(data));
    }
}
