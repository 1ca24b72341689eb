package dev.millwright.server.queue;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;

/// A wake-up as it is stored. The names of this class, of its parts and of [WakeupJobHandler] are
/// part of the stored form: whoever renames them strands what is in the queues of users.
///
/// @param kind the kind of wake-up
/// @param target what it is about, as text
public record WakeupJob(String kind, String target) implements JobRequest {
    private static final String START_RUN = "StartRun";
    private static final String ADVANCE_RUN = "AdvanceRun";
    private static final String FIRE_CRON = "FireCron";
    private static final String RETENTION = "Retention";

    static WakeupJob of(Wakeup wakeup) {
        return switch (wakeup) {
            case Wakeup.StartRun(DeliveryId delivery) ->
                    new WakeupJob(START_RUN, delivery.toString());
            case Wakeup.AdvanceRun(RunId run) -> new WakeupJob(ADVANCE_RUN, run.toString());
            case Wakeup.FireCron(
                            String namespace,
                            String pipeline,
                            String name,
                            Instant occurrence) ->
                    new WakeupJob(
                            FIRE_CRON,
                            String.join("/", namespace, pipeline, name, occurrence.toString()));
            case Wakeup.Retention() -> new WakeupJob(RETENTION, "");
            case Wakeup.Sweep() ->
                    throw new MillwrightException("a sweep is not stored; it comes by itself");
        };
    }

    Wakeup toWakeup() {
        return switch (kind) {
            case START_RUN -> new Wakeup.StartRun(DeliveryId.parse(target));
            case ADVANCE_RUN -> new Wakeup.AdvanceRun(RunId.parse(target));
            case FIRE_CRON -> {
                List<String> parts = List.of(target.split("/", 4));
                yield new Wakeup.FireCron(
                        parts.get(0), parts.get(1), parts.get(2), Instant.parse(parts.get(3)));
            }
            case RETENTION -> new Wakeup.Retention();
            default ->
                    throw new MillwrightException(
                            "the queue holds a wake-up of the unknown kind '%s'".formatted(kind));
        };
    }

    /// The same id for the same delivery and for the same occurrence of a schedule, so that each of
    /// them is in the queue only once; another one each time for everything else.
    UUID id() {
        return switch (kind) {
            case START_RUN, FIRE_CRON -> nameBased(kind + " " + target);
            default -> UUID.randomUUID();
        };
    }

    private static UUID nameBased(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Class<WakeupJobHandler> getJobRequestHandler() {
        return WakeupJobHandler.class;
    }
}
