package dev.millwright.plugin.runner;

import dev.millwright.model.AttemptId;
import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Stability;
import java.util.Optional;
import java.util.Set;

/// Carry out one kind of leaf on a node, such as `process` or `container`.
///
/// The order of calls for one attempt:
///
/// 1. [#start(WorkOrder, Record)] once, after the node has written the attempt into its journal.
/// 2. [Execution#await()] on a thread of its own, until the attempt has ended.
/// 3. [Execution#stop(java.time.Duration)] at any time between 1 and 2, any number of times.
/// 4. After a restart of the node, or when the plugin is replaced by a newer version,
///    [#attach(WorkOrder, Record)] instead of 1 for every attempt whose end is not in the journal.
/// 5. [#sweep(Set)] once after the attempts of 4.
///
/// Output goes, byte for byte, into [WorkOrder#outFile()] and [WorkOrder#errFile()], which the node
/// reads while they grow.
///
/// [#obstacle()] is asked at any time between `open` and `close`, before 5 of the first time and
/// again and again: while there is an obstacle the node offers no work of this kind.
///
/// Runners are called from any thread. Deadline: 10 min for 1 (it may fetch an image), 60 s for 4
/// and 5, 10 s for [#obstacle()]; [Execution#await()] has none. What is thrown ends the attempt
/// with an error.
///
/// ```java
/// Execution execution = runner.start(order, step);
/// Result result = execution.await();
/// ```
///
/// @param <C> what users write for one step of this kind
@Stability(Stability.Level.STABLE)
public interface Runner<C extends Record> extends Extension<C> {
    /// The kind as it stands in plans, such as `process`.
    @Override
    String kind();

    /// Start the work and return as soon as it is under way. Interrupted when the attempt is
    /// stopped meanwhile. Throws [RunnerException] when it could not be started at all, and
    /// [InterruptedException]; then nothing of it may be left behind. The step counts as stopped
    /// once this method has returned after an interrupt, at the latest 30 s after it.
    Execution start(WorkOrder order, C step) throws InterruptedException;

    /// Whether [#start] returns within moments. It is never interrupted then: an interrupt that
    /// comes after a process was begun may break the reading of a file, and with it what has to be
    /// known to end the process.
    default boolean startsAtOnce() {
        return false;
    }

    /// Find work that an earlier life of the node started. Secrets of stores are not known any more
    /// then: a word of no use stands for each. Empty when it is proven that the work never began
    /// and never will.
    Optional<Execution> attach(WorkOrder order, C step) throws InterruptedException;

    /// Why this machine cannot carry such work out at the moment, in one sentence for people, such
    /// as that no container engine is there; empty when it can. What is thrown counts as an
    /// obstacle, too.
    default Optional<String> obstacle() throws InterruptedException {
        return Optional.empty();
    }

    /// Remove what attempts of this node left behind that are not among those.
    ///
    /// @param live all attempts that the node knows and that have not ended
    default void sweep(Set<AttemptId> live) throws InterruptedException {}
}
