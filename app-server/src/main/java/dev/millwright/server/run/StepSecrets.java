package dev.millwright.server.run;

import dev.millwright.engine.plan.SecretReferences;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Step;
import dev.millwright.server.secret.SecretAnswer;
import dev.millwright.server.secret.SecretStores;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/// The secrets of stores for the steps that are about to be handed to a node. Any thread.
///
/// @param wake asks for another look at a run once a store has answered
record StepSecrets(SecretStores stores, Consumer<RunId> wake) {

    SecretAnswer of(ActiveRun run, Step step) {
        Set<String> asked = SecretReferences.of(run.plan(), step);
        if (asked.isEmpty()) {
            return SecretAnswer.Ready.NONE;
        }
        if (SecretsOfStrangers.isStranger(run.plan())) {
            return new SecretAnswer.Refused(SecretsOfStrangers.refusal(asked.iterator().next()));
        }
        return stores.find(run.record().namespace(), asked);
    }

    /// Look at the run again once a store has answered. To be called when the run is stored as it
    /// is: a look that comes earlier finds nothing to do.
    void whenAnswered(ActiveRun run, Collection<Step> steps) {
        Set<String> asked = new LinkedHashSet<>();
        steps.forEach(step -> asked.addAll(SecretReferences.of(run.plan(), step)));
        stores.whenAnswered(run.record().namespace(), asked, new Look(wake, run.record().id()));
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
        Set<String> asked = SecretReferences.of(run.plan(), step);
        return asked.isEmpty() || SecretsOfStrangers.isStranger(run.plan())
                ? SecretAnswer.Ready.NONE
                : stores.await(run.record().namespace(), asked);
    }
}
