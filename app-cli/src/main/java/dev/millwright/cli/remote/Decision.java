package dev.millwright.cli.remote;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.delivery.DeliveryView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Pause;
import java.time.Duration;

/// What the server makes of a start that it has accepted: it reads the pipeline first, and may find
/// that the inputs do not fit.
final class Decision {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(40);

    private Decision() {}

    /// Wait until it is known, and not for ever: a repository may take its time. Throws
    /// [CliException] when the start was turned down.
    ///
    /// @return why there will be no run; empty when it has begun or may still begin
    static String await(MillwrightClient client, DeliveryAccepted accepted) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                DeliveryView delivery = client.delivery(accepted.delivery()).delivery();
                switch (delivery.status()) {
                    case "rejected" -> throw CliException.usage(delivery.reason());
                    case "ignored" -> {
                        return delivery.reason();
                    }
                    case "received" -> Pause.of(PAUSE);
                    default -> {
                        return "";
                    }
                }
            } catch (ApiException refused) {
                if (!refused.isUnreachable() && refused.status() < 500) {
                    throw refused;
                }
                Pause.of(PAUSE);
            }
        }
        return "";
    }
}
