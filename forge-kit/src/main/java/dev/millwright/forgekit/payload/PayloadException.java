package dev.millwright.forgekit.payload;

import dev.millwright.plugin.PluginException;

/// A payload is not what its forge documents; the message says where.
public final class PayloadException extends PluginException {
    private static final long serialVersionUID = 1L;

    public PayloadException(String message) {
        super(message);
    }
}
