package dev.millwright.node.plugin;

import java.util.List;

/// Takes what servers say about their plugins. Returns at once; any thread.
public interface PluginOrders {
    /// For a node that is not concerned.
    PluginOrders NONE =
            new PluginOrders() {
                @Override
                public void told(List<OfferedPlugin> all, PluginSource from) {}

                @Override
                public void broken(PluginSource from) {}
            };

    /// These are all plugins with runners that the server has now.
    void told(List<OfferedPlugin> all, PluginSource from);

    /// There is no connection to that server any more. What it told holds until another one tells.
    void broken(PluginSource from);
}
