package dev.millwright.node.link;

import dev.millwright.link.v1.FetchPluginRequest;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.link.v1.Plugin;
import dev.millwright.link.v1.Plugins;
import dev.millwright.node.plugin.OfferedPlugin;
import dev.millwright.node.plugin.PluginSource;
import dev.millwright.node.plugin.PluginSourceException;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets plugins from a server over the connection that the node has to it.
///
/// @param server its address, for messages
record LinkPluginSource(Channel channel, String server) implements PluginSource {
    private static final Logger log = LoggerFactory.getLogger(LinkPluginSource.class);

    /// More than a server gives for the whole answer.
    private static final Duration ANSWER = Duration.ofSeconds(40);

    private static final int MOST = 100;

    @Override
    public byte[] part(String sha256, long offset, int length) throws InterruptedException {
        try {
            return NodeLinkGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .fetchPlugin(
                            FetchPluginRequest.newBuilder()
                                    .setSha256(sha256)
                                    .setOffset(offset)
                                    .setLength(length)
                                    .build())
                    .getData()
                    .toByteArray();
        } catch (StatusRuntimeException refused) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Status status = refused.getStatus();
            String said = Objects.requireNonNullElse(status.getDescription(), "it breaks off");
            throw new PluginSourceException(
                    "the server at %s answers %s: %s".formatted(server, status.getCode(), said),
                    refused);
        }
    }

    /// What the server tells, without what makes no sense.
    List<OfferedPlugin> offered(Plugins wire) {
        List<OfferedPlugin> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Plugin one : wire.getPluginsList()) {
            try {
                OfferedPlugin plugin =
                        new OfferedPlugin(
                                one.getId(),
                                one.getVersion(),
                                one.getRequires(),
                                one.getSha256(),
                                one.getSize(),
                                one.getForm(),
                                one.getSignature(),
                                one.getRunnersList());
                if (all.size() < MOST && ids.add(plugin.id())) {
                    all.add(plugin);
                }
            } catch (IllegalArgumentException odd) {
                log.warn(
                        "a plugin that the server at {} tells of is left alone: {}",
                        server,
                        odd.getMessage());
            }
        }
        return List.copyOf(all);
    }
}
