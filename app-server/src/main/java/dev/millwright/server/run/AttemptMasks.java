package dev.millwright.server.run;

import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.RunId;
import dev.millwright.node.log.SecretMask;
import dev.millwright.plugin.Secret;
import dev.millwright.server.secret.SecretAnswer;
import dev.millwright.server.secret.SecretsUnavailableException;
import dev.millwright.server.store.Database;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What must not be seen of the logs and outputs of attempts: remembered when an attempt is handed
/// out, and asked for again after a restart, or when its node comes in at another server. Kept
/// beyond the end of the attempt, because its programs may tell of themselves a little later.
///
/// Called from any thread.
final class AttemptMasks {
    private static final int MOST = 10_000;

    private final Database database;
    private final Function<RunId, ActiveRun> runs;
    private final StepSecrets secrets;
    private final Map<AttemptId, SecretMask> masks =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<AttemptId, SecretMask> eldest) {
                    return size() > MOST;
                }
            };

    AttemptMasks(Database database, Function<RunId, ActiveRun> runs, StepSecrets secrets) {
        this.database = database;
        this.runs = runs;
        this.secrets = secrets;
    }

    void given(AttemptId attempt, Collection<Secret> secrets) {
        synchronized (masks) {
            masks.put(attempt, secrets.isEmpty() ? SecretMask.NONE : SecretMask.of(secrets));
        }
    }

    /// Throws [SecretsUnavailableException] when a store cannot tell now: what is to be masked has
    /// to be reported again.
    SecretMask of(AttemptId attempt) {
        synchronized (masks) {
            SecretMask known = masks.get(attempt);
            if (known != null) {
                return known;
            }
        }
        switch (lookedUp(attempt)) {
            case SecretAnswer.Ready(Map<String, Secret> values) -> given(attempt, values.values());
            // What is in no store any more opens nothing any more
            case SecretAnswer.Refused _ -> given(attempt, List.of());
            case SecretAnswer.Waiting waiting ->
                    throw new SecretsUnavailableException(
                            "the output of attempt %s cannot be stored yet, because %s"
                                    .formatted(attempt, waiting.reason()));
        }
        return of(attempt);
    }

    private SecretAnswer lookedUp(AttemptId attempt) {
        Optional<AttemptRecord> found =
                database.read(tx -> tx.dao(AttemptDao.class).find(attempt.value()));
        if (found.isEmpty()) {
            return SecretAnswer.Ready.NONE;
        }
        ActiveRun run = runs.apply(found.get().run());
        try {
            return secrets.await(run, run.plan().step(found.get().position()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillwrightException("interrupted", stopped);
        }
    }
}
