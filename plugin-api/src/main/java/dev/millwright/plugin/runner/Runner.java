package dev.millwright.plugin.runner;

import java.util.Optional;

/// Carry out one kind of leaf on a node, such as `process` or `container`.
///
/// The order of calls for one attempt:
///
/// 1. [#start(WorkOrder)] once, after the node has written the attempt into its journal.
/// 2. [Execution#await()] on a thread of its own, until the attempt has ended.
/// 3. [Execution#stop(java.time.Duration)] at any time between 1 and 2, any number of times.
/// 4. After a restart of the node, [#attach(WorkOrder)] instead of 1 for every attempt whose end is
///    not in the journal.
///
/// Output goes, byte for byte, into [WorkOrder#outFile()] and [WorkOrder#errFile()], which the node
/// reads while they grow.
///
/// Runners are called from any thread.
///
/// ```java
/// Execution execution = runner.start(order);
/// Result result = execution.await();
/// ```
public interface Runner {
    /// The kind as it stands in plans, such as `process`.
    String kind();

    /// Start the work and return as soon as it is under way. Throws [RunnerException] when it could
    /// not be started at all; then nothing of it may be left behind.
    Execution start(WorkOrder order);

    /// Find work that an earlier life of the node started. Empty when it is proven that the work
    /// never began and never will.
    Optional<Execution> attach(WorkOrder order);
}
