package dev.millwright.node.plugin;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.load.LoadException;
import dev.millwright.node.NodeException;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.Runners;
import dev.millwright.plugin.runner.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// The plugins of a node that is a program of its own.
///
/// 1. [#open] loads those that are on this machine already, before the agent is made: their runners
///    find again what they had begun.
/// 2. The agent is made with these [Runners].
/// 3. [#start] begins to fetch what servers tell by [PluginOrders], to load it, and to let go of
///    what is not told any more.
/// 4. [#close], after the agent was closed.
public interface NodePlugins extends Runners, PluginOrders, AutoCloseable {
    /// Take plugins from servers.
    ///
    /// Throws [NodeException] when the folder is unusable or a trusted key is none.
    ///
    /// @param root the node's own folder
    /// @param trustedKeys whose plugins are loaded, Ed25519 public keys in base64; none:
    ///   everybody's
    /// @param builtIn what the node can carry out without plugins
    static NodePlugins open(
            Path root, List<String> trustedKeys, List<Runner<?>> builtIn, SecretSource secrets) {
        try {
            return FetchedPlugins.open(root, trustedKeys, builtIn, secrets);
        } catch (LoadException wrong) {
            throw new NodeException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /// Take none.
    static NodePlugins refuse(List<Runner<?>> builtIn) {
        return new RefusedPlugins(Runners.of(builtIn));
    }

    /// Begin.
    ///
    /// @param noRoom why nothing more can be stored; empty when there is room
    void start(NodeAgent agent, Supplier<String> noRoom);

    @Override
    void close();
}
