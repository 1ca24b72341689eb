package dev.millwright.server.queue;

/// Do what a wake-up asks for.
///
/// 1. Called on a virtual thread, for several wake-ups at once; two servers may handle the same
///    one.
/// 2. Returns when everything is stored; the wake-up is then forgotten.
/// 3. Throws when it could not be done; the wake-up comes again, soon at first, then less often.
@FunctionalInterface
public interface WakeupHandler {
    void handle(Wakeup wakeup);
}
