package dev.millwright.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import dev.millwright.model.AttemptId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what attempts have at the engine: containers with their unnamed volumes, then networks.
/// Usable from any thread.
///
/// @param owner as in [Labels]
/// @param patience with the engine while it is at a removal
public record Leftovers(Engine engine, String owner, Duration patience) {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(20);

    public Leftovers(Engine engine, String owner) {
        this(engine, owner, USUAL_PATIENCE);
    }

    /// Everything of one attempt; nothing of it is there afterwards.
    public void remove(AttemptId attempt) throws InterruptedException {
        String label = Labels.ATTEMPT + "=" + attempt;
        for (Container one : containers(label)) {
            container(one.getId());
        }
        for (Network one : networks(label)) {
            network(one.getId());
        }
    }

    /// Everything of attempts that this node made and that are not among those.
    public void removeAllBut(Set<AttemptId> live) throws InterruptedException {
        Set<String> wanted = new HashSet<>();
        live.forEach(attempt -> wanted.add(attempt.toString()));
        String label = Labels.OWNER + "=" + owner;
        Stream<Map<String, String>> found =
                Stream.concat(
                        containers(label).stream().map(Container::getLabels),
                        networks(label).stream().map(Network::getLabels));
        List<String> attempts =
                found.map(labels -> labels.getOrDefault(Labels.ATTEMPT, ""))
                        .filter(attempt -> !attempt.isEmpty() && !wanted.contains(attempt))
                        .distinct()
                        .toList();
        for (String attempt : attempts) {
            log.info("what attempt {} left at the container engine is removed", attempt);
            remove(AttemptId.parse(attempt));
        }
    }

    private List<Container> containers(String label) throws InterruptedException {
        return engine.ask(client ->
                client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(label))
                        .exec());
    }

    private List<Network> networks(String label) throws InterruptedException {
        return engine.ask(
                client -> client.listNetworksCmd().withFilter("label", List.of(label)).exec());
    }

    /// A removal that is under way already is waited for, as long as [#patience] lasts.
    private void container(String id) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!engine.ask(client -> removed(client, id))) {
            if (System.nanoTime() - deadline > 0) {
                throw new EngineAwayException(
                        "the container engine has not removed container %s within %d s"
                                .formatted(id, patience.toSeconds()));
            }
            Thread.sleep(50);
        }
    }

    private static boolean removed(DockerClient client, String id) {
        try {
            client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
            return true;
        } catch (NotFoundException gone) {
            return true;
        } catch (ConflictException underWay) {
            return false;
        }
    }

    private void network(String id) throws InterruptedException {
        engine.tell(client -> {
            try {
                client.removeNetworkCmd(id).exec();
            } catch (NotFoundException gone) {
                // As wanted
            }
            return id;
        });
    }
}
