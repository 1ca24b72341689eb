package dev.millwright.mail;

/// How the conversation with the mail server is kept from others.
public enum Security {
    /// Encrypted after the first words, or not at all.
    STARTTLS(587),
    /// Encrypted from the first byte.
    TLS(465),
    /// Open.
    NONE(25);

    private final int port;

    Security(int port) {
        this.port = port;
    }

    /// Where servers usually listen for it.
    int port() {
        return port;
    }
}
