package dev.millwright.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// Tells whether a host is this machine itself, to which nobody else is on the way. Any thread.
///
/// ```java
/// if (!Loopback.isWritten(address.getHost())) { ... }
/// ```
public final class Loopback {
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "localhost|127(\\.[0-9]{1,3}){1,3}|\\[::1]|::1", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /// Whether that is what the host says, as it stands in an address; nobody is asked for names.
    public static boolean isWritten(String host) {
        return WRITTEN.matcher(host).matches();
    }

    /// Whether that is where the host leads now; may ask for the name, and take seconds. False for
    /// a name that nobody knows.
    public static boolean isReached(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
