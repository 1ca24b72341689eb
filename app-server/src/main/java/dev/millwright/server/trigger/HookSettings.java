package dev.millwright.server.trigger;

/// Limits on requests to hooks.
///
/// @param maxBody bytes; what is longer is refused with 413
public record HookSettings(long maxBody) {
    public static final HookSettings DEFAULT = new HookSettings(1024 * 1024);
}
