package dev.millwright.gitpoll;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a look failed. Immutable.
///
/// @param reason for people
/// @param ofHost whether other repositories of the host would fare the same
/// @param pause that the host asked for; zero for none
record Trouble(String reason, boolean ofHost, Duration pause) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int LONGEST = 500;

    static Trouble of(IOException failed, Address address, Remote remote, Budget budget) {
        if (budget.isLate()) {
            return new Trouble(
                    "%s: %s".formatted(address.host(), budget.lateness()), true, Duration.ZERO);
        }
        int status = remote.http().status();
        boolean overloaded = status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
        return new Trouble(
                "%s: %s".formatted(address.host(), reason(failed)),
                overloaded || isUnreachable(failed),
                overloaded ? remote.http().retryAfter() : Duration.ZERO);
    }

    /// The innermost cause knows best, unless it says nothing.
    private static String reason(IOException failed) {
        String text = "";
        for (@Nullable Throwable one = failed; one != null; one = one.getCause()) {
            String message = one.getMessage();
            if (message != null && !message.isBlank() && !text.contains(message)) {
                text = text.isEmpty() ? message : text + ": " + message;
            }
        }
        String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
        String shown = plain.isEmpty() ? failed.getClass().getSimpleName() : plain;
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
    }

    private static boolean isUnreachable(Throwable failed) {
        for (@Nullable Throwable one = failed; one != null; one = one.getCause()) {
            if (one instanceof SocketException
                    || one instanceof UnknownHostException
                    || one instanceof InterruptedIOException) {
                return true;
            }
        }
        return false;
    }
}
