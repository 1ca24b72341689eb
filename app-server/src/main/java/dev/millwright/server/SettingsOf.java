package dev.millwright.server;

import dev.millwright.host.Extensions;
import dev.millwright.node.agent.RoomLimits;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.git.GitSettings;
import dev.millwright.server.config.ServerConfig;
import dev.millwright.server.git.RepositoryRules;
import dev.millwright.server.node.NodeLimits;
import dev.millwright.server.plugin.WrittenSettings;
import dev.millwright.server.queue.QueueSettings;
import dev.millwright.server.resource.Kind;
import dev.millwright.server.retention.RetentionPolicy;

/// Takes out of the configuration what single areas want to know.
final class SettingsOf {
    private SettingsOf() {}

    static GitSettings git(ServerConfig config) {
        return new GitSettings(
                config.git().allowFile(),
                config.git().allowHttp(),
                config.git().timeout(),
                config.network().wall(),
                new GitLimits(
                        config.git().repositoryLimit(),
                        config.node().workspaceLimit(),
                        config.node().workspaceFiles(),
                        RoomLimits.DEFAULT.freeBytes()));
    }

    /// What resources are held against besides the rules of their kinds.
    static Kind.Validator rules(ServerConfig config, Extensions extensions) {
        return new RepositoryRules(git(config)).and(new WrittenSettings(extensions));
    }

    static NodeLimits nodes(ServerConfig config) {
        return new NodeLimits(
                config.nodes().suspectAfter(),
                config.nodes().unreachableAfter(),
                config.nodes().lostAfter(),
                config.nodes().heartbeat());
    }

    static QueueSettings queue(ServerConfig config) {
        return new QueueSettings(
                config.queue().workers(),
                config.queue().poll(),
                config.queue().sweep(),
                QueueSettings.DEFAULT.keepSucceeded());
    }

    static RetentionPolicy retention(ServerConfig config) {
        ServerConfig.RetentionConfig limits = config.retention();
        return new RetentionPolicy(
                limits.maxAge(),
                limits.runsPerPipeline(),
                limits.logAge(),
                limits.logSize(),
                limits.deliveryAge(),
                limits.eventAge());
    }
}
