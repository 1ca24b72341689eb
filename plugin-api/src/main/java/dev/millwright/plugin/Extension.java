package dev.millwright.plugin;

/// What all extension points have in common: a name that users write, a record for what they write
/// below it, and a life between [#open] and [#close].
///
/// The life of an extension:
///
/// 1. The host makes one object with the public constructor without parameters. Nothing may be
///    started there.
/// 2. [#kind()] and [#configuration()] are asked for and must always give the same.
/// 3. [#open(PluginContext)] once. If it throws, the whole plugin is listed as failed and its other
///    extensions are closed again.
/// 4. The methods of the extension point, any number of times.
/// 5. [#close()] once, after the last call of 4 has ended or was given up. After it no thread, no
///    open file and no connection of the extension may be left.
///
/// When a newer version of the plugin takes over, it goes through 1 to 3 first; then new calls go
/// to it, and the old one goes through 5. For that while both are open.
///
/// Of Millwright, a plugin sees the packages `dev.millwright.plugin` and `dev.millwright.model` and
/// what lies below them, and SLF4J; everything else but the JDK has to be in its jar or zip.
///
/// Threads: 3 to 5 come from any thread, 4 from many at once. Each call runs on a thread of its own
/// and is interrupted at its deadline, which stands in the doc of the method; a call that goes on
/// regardless is abandoned and its result dropped. Whatever is thrown fails that one call only.
///
/// A class is found when its name stands in the plugin's file `META-INF/services/` plus the full
/// name of the extension point:
///
/// ```java
/// // META-INF/services/dev.millwright.plugin.notify.Notifier: com.example.PagerNotifier
/// public final class PagerNotifier implements Notifier<PagerNotifier.Settings> {
///     public record Settings(URI url, Secret key, @Default("10s") Duration timeout) {}
///     @Override public String kind() { return "pager"; }
///     @Override public Class<Settings> configuration() { return Settings.class; }
/// ```
///
/// @param <C> what users write where they use the extension
@Stability(Stability.Level.STABLE)
public interface Extension<C extends Record> {
    /// The name that users write, such as `github`: lower-case letters, digits and `-`, at most 40.
    /// Two extensions of one point cannot have the same; the one that came later is refused.
    String kind();

    /// The record that the host fills from YAML, see [Default], [Describe] and [Secret]. Components
    /// may be `String`, `boolean`, `int`, `long`, `double`, `Duration`, `Instant`, `URI`, `Path`,
    /// [Secret], enums, further records, `Optional`, `List`, `Set` and `Map<String, ?>` of these,
    /// and [dev.millwright.model.Parameters] for a tree that is not checked. The compact
    /// constructor may refuse values with an [IllegalArgumentException], whose message the user
    /// sees. Keys are the names of the components as they are written in Java, such as `maxAge`.
    ///
    /// [NoConfiguration] when there is nothing to write; [dev.millwright.model.Parameters] when the
    /// extension checks everything itself.
    Class<C> configuration();

    /// Get ready. Deadline: 30 s. Throws [PluginException] with what the administrator has to do.
    default void open(PluginContext context) {}

    /// Let go of everything. Deadline: 10 s.
    default void close() {}
}
