package dev.millwright.cli.launch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Knows whether somebody reads standard output, which Java itself learns only by writing. The
/// system is asked with `poll(2)`; where that is not to be had, there is a reader.
public final class PipeReader {
    private static final int STANDARD_OUTPUT = 1;
    private static final short BROKEN = 0x08;
    private static final short HUNG_UP = 0x10;

    /// `struct pollfd`: an int and two shorts, of which the second is the answer.
    private static final long ANSWER = 6;

    private static final long POLLFD = 8;

    /// Made when somebody follows something: it costs time that other commands do not have.
    private static final class Poll {
        private static final Optional<MethodHandle> HANDLE = find();

        @SuppressWarnings("restricted") // the signature is that of the manual page
        private static Optional<MethodHandle> find() {
            try {
                Linker linker = Linker.nativeLinker();
                return linker.defaultLookup()
                        .find("poll")
                        .map(poll ->
                                linker.downcallHandle(
                                        poll,
                                        FunctionDescriptor.of(
                                                ValueLayout.JAVA_INT,
                                                ValueLayout.ADDRESS,
                                                ValueLayout.JAVA_LONG,
                                                ValueLayout.JAVA_INT)));
            } catch (RuntimeException | LinkageError missing) {
                return Optional.empty();
            }
        }
    }

    private PipeReader() {}

    /// Whether the reader of standard output went away.
    public static boolean isGone() {
        return Poll.HANDLE.filter(PipeReader::isGone).isPresent();
    }

    private static boolean isGone(MethodHandle poll) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocate(POLLFD, ValueLayout.JAVA_INT.byteAlignment());
            asked.set(ValueLayout.JAVA_INT, 0, STANDARD_OUTPUT);
            int answers = (int) poll.invokeExact(asked, 1L, 0);
            short answer = asked.get(ValueLayout.JAVA_SHORT, ANSWER);
            return answers > 0 && (answer & (BROKEN | HUNG_UP)) != 0;
        } catch (Throwable refused) {
            return false;
        }
    }
}
