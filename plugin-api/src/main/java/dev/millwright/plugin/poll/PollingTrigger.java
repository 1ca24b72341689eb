package dev.millwright.plugin.poll;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Stability;

/// Look for news of one kind, such as `git`.
///
/// The order of calls for one poll of a pipeline:
///
/// 1. [#poll(PollRequest, Record)] with an empty state, when the pipeline was just made or its
///    configuration changed. Usually it finds nothing and remembers what is there.
/// 2. The findings are stored as deliveries, together with the new state, in one transaction: both
///    or neither survive a crash.
/// 3. Again after the interval, with the state of 2. Never two at once for the same poll, in all
///    servers together; many at once for different ones.
/// 4. After a failure: again after the interval, doubled for each failure in a row up to one hour,
///    with the old state.
///
/// Threads and failure: as in [Extension]. Deadline: 2 min. What is thrown counts as
/// [PollResult.Failed].
///
/// ```java
/// @Override public PollResult poll(PollRequest request, Settings settings) {
///     String tip = remote.tip(settings.branch());
///     return tip.equals(request.state()) ? PollResult.nothing(tip) : PollResult.found(tip, run(tip));
/// }
/// ```
///
/// @param <C> what users write for one poll of a pipeline
@Stability(Stability.Level.STABLE)
public interface PollingTrigger<C extends Record> extends Extension<C> {
    /// Look once. May have no effects beyond caches: what matters stands in the state.
    PollResult poll(PollRequest request, C poll) throws InterruptedException;
}
