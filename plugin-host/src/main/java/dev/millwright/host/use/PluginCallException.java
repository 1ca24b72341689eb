package dev.millwright.host.use;

import dev.millwright.plugin.PluginException;

/// A call of an extension did not give a result. The message names the plugin and tells people why;
/// nothing of the plugin's own classes is held.
public final class PluginCallException extends PluginException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /// What went wrong.
    public enum Why {
        /// The extension said so: a [PluginException].
        REFUSED,
        /// Anything else was thrown.
        BROKEN,
        /// The deadline passed.
        TOO_SLOW,
        /// Too many calls of the plugin do not end.
        BUSY,
        /// The plugin was taken away.
        GONE
    }

    public PluginCallException(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
