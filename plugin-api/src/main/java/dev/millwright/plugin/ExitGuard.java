package dev.millwright.plugin;

/// What `System.exit`, `Runtime.exit` and `Runtime.halt` become in the code of a plugin and its
/// libraries when the host loads it, so that no plugin can end the server. Calls by reflection are
/// not seen: a plugin is code that its administrator trusts, and this guards against accidents.
/// Usable from any thread; no plugin has to call it.
///
/// ```java
/// System.exit(1); // in a plugin: throws PluginException
/// ```
@Stability(Stability.Level.STABLE)
@SuppressWarnings("DoNotCallSuggester") // the host calls them, or rather makes plugins call them
public final class ExitGuard {
    private ExitGuard() {}

    /// In place of `System.exit` and the methods of `Runtime`. Always throws [PluginException].
    public static void exit(int status) {
        throw new PluginException(
                "a plugin may not end the server; it called exit(%d)".formatted(status));
    }

    /// In place of `Runtime.exit` and `Runtime.halt`.
    public static void exit(Runtime runtime, int status) {
        exit(status);
    }

    /// In place of `Runtime.addShutdownHook`: no effect, since a hook would keep the plugin in
    /// memory until the server ends. Let go in [Extension#close()].
    public static void addShutdownHook(Runtime runtime, Thread hook) {}

    /// In place of `Runtime.removeShutdownHook`.
    public static boolean removeShutdownHook(Runtime runtime, Thread hook) {
        return false;
    }
}
