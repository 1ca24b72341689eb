package dev.millwright.server.outbox;

import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.Sent;
import dev.millwright.server.event.NewEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Somebody outside to whom things about runs are told. Called from any thread.
public interface Channel {
    /// Who it is: the same for as long as it exists.
    Identity identity();

    default UUID id() {
        return identity().id();
    }

    /// The namespace that its events stand in.
    default String namespace() {
        return identity().namespace();
    }

    /// For people, such as `exporter default/traces`.
    default String name() {
        return identity().name();
    }

    /// How long and how many letters are kept while they cannot be told.
    Keep keep();

    /// What to tell because of an event of a run, if anything. Quick, and without a look at the
    /// database: it is asked within the run's own transaction.
    Optional<Message> about(NewEvent event);

    /// Why nothing can be told at the moment, such as a plugin that is not there; empty when it
    /// can.
    default String problem() {
        return "";
    }

    /// Tell it; empty when nobody had to be told, which says nothing of whether somebody could have
    /// been. What is thrown counts as [Sent.Later]. Takes less than [ChannelPump#CLAIM].
    Optional<Sent> tell(Letter letter) throws InterruptedException;

    /// Who a channel is.
    record Identity(UUID id, String namespace, String name) {
        /// Of one that is declared as a resource.
        ///
        /// @param what as people call it, such as `exporter`
        public static Identity of(String what, Resource resource) {
            return new Identity(
                    resource.uuid().orElseThrow(),
                    resource.namespace(),
                    "%s %s/%s".formatted(what, resource.namespace(), resource.name()));
        }
    }

    /// What happened, and to which step; the step is empty for the run itself.
    record Message(String occasion, String subject) {}

    /// Bounds for what waits.
    record Keep(Duration longest, int most) {}
}
