package dev.millwright.server.link.session;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Counts the messages of one node that are being handled: no more are asked for while too many
/// wait, so that no node fills the server's memory, and something is done after the last of them.
///
/// Any thread.
final class UnderWay {
    private final int messageLimit;
    private final long byteLimit;
    private final Runnable askForMore;
    private final Executor executor;
    private int messages;
    private long bytes;
    private boolean held;
    private boolean closed;
    private @Nullable Runnable last;

    /// @param askForMore is called each time when one more message may come
    /// @param executor on which the last thing is done
    UnderWay(int messageLimit, long byteLimit, Runnable askForMore, Executor executor) {
        this.messageLimit = messageLimit;
        this.byteLimit = byteLimit;
        this.askForMore = askForMore;
        this.executor = executor;
    }

    /// Count a message, to be followed by one [#end] of the same size. False when the line is
    /// closed: the message must not be handled.
    synchronized boolean begin(long size) {
        if (closed) {
            return false;
        }
        messages++;
        bytes += size;
        return true;
    }

    /// The message has been handled.
    void end(long size) {
        boolean more;
        synchronized (this) {
            messages--;
            bytes -= size;
            more = held && hasRoom();
            held &= !more;
            doLast();
        }
        if (more) {
            askForMore.run();
        }
    }

    /// Ask for the next message, now or as soon as there is room for one.
    void next() {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (!hasRoom()) {
                held = true;
                return;
            }
        }
        askForMore.run();
    }

    /// Let no message in any more.
    ///
    /// @param afterwards is done once, when no message is under way; only that of the first call
    ///   counts
    synchronized void close(Runnable afterwards) {
        if (closed) {
            return;
        }
        closed = true;
        held = false;
        last = afterwards;
        doLast();
    }

    private boolean hasRoom() {
        return !closed && messages < messageLimit && bytes < byteLimit;
    }

    private void doLast() {
        if (last != null && messages == 0) {
            executor.execute(last);
            last = null;
        }
    }
}
