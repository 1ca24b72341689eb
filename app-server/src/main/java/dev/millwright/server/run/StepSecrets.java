package dev.millwright.server.run;

import dev.millwright.engine.plan.SecretReferences;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.server.secret.RepositorySecrets;
import dev.millwright.server.secret.SecretAnswer;
import dev.millwright.server.secret.SecretStores;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The secrets of stores for the steps that are about to be handed to a node, and what opens the
/// repository that they work on. Any thread.
///
/// @param wake asks for another look at a run once a store has answered
record StepSecrets(RepositorySecrets repositories, Consumer<RunId> wake) {

    /// Values by their references, for step and repository together.
    SecretAnswer of(ActiveRun run, Step step) {
        String namespace = run.record().namespace();
        Set<String> asked = SecretReferences.of(run.plan(), step);
        if (!asked.isEmpty() && SecretsOfStrangers.isStranger(run.plan())) {
            return new SecretAnswer.Refused(SecretsOfStrangers.refusal(asked.iterator().next()));
        }
        SecretAnswer own =
                asked.isEmpty() ? SecretAnswer.Ready.NONE : stores().find(namespace, asked);
        Optional<RepositoryAccess> access = access(run);
        return access.isEmpty()
                ? own
                : SecretAnswer.both(own, repositories.find(namespace, access.get()));
    }

    private SecretStores stores() {
        return repositories.stores();
    }

    /// The repository is the one of the pipeline, so git may open it also for a stranger's change.
    private static Optional<RepositoryAccess> access(ActiveRun run) {
        return run.plan().head().source().flatMap(Source::access);
    }

    /// Look at the run again once a store has answered. To be called when the run is stored as it
    /// is: a look that comes earlier finds nothing to do.
    void whenAnswered(ActiveRun run, Collection<Step> steps) {
        Set<String> asked = new LinkedHashSet<>();
        steps.forEach(step -> asked.addAll(SecretReferences.of(run.plan(), step)));
        access(run).ifPresent(access -> asked.addAll(RepositorySecrets.stored(access)));
        stores().whenAnswered(run.record().namespace(), asked, new Look(wake, run.record().id()));
    }

    /// One for all steps of a run that wait for the same answer.
    private record Look(Consumer<RunId> wake, RunId waiting) implements Runnable {
        @Override
        public void run() {
            wake.accept(waiting);
        }
    }

    /// For who has to know them, such as the mask of a log: waits for the stores.
    SecretAnswer await(ActiveRun run, Step step) throws InterruptedException {
        String namespace = run.record().namespace();
        Set<String> asked = SecretReferences.of(run.plan(), step);
        SecretAnswer own =
                asked.isEmpty() || SecretsOfStrangers.isStranger(run.plan())
                        ? SecretAnswer.Ready.NONE
                        : stores().await(namespace, asked);
        Optional<RepositoryAccess> access = access(run);
        return access.isEmpty()
                ? own
                : SecretAnswer.both(own, repositories.await(namespace, access.get()));
    }
}
