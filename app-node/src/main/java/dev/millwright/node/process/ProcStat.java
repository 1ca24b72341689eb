package dev.millwright.node.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileInputStream;
import java.io.IOException;

/// One line of `/proc/PID/stat`.
///
/// @param state such as `R`, or `Z` for a dead process that nobody has waited for
/// @param session id of the session
/// @param start in ticks since the boot; -1 when not told
record ProcStat(char state, long session, long start) {
    static final ProcStat NONE = new ProcStat('X', -1, -1);

    /// `NONE` when there is no such process, or no `/proc`.
    static ProcStat of(long pid) {
        try (var file = new FileInputStream("/proc/" + pid + "/stat")) {
            return parse(new String(file.readNBytes(1024), ISO_8859_1));
        } catch (IOException gone) {
            return NONE;
        }
    }

    /// The name in the second field may hold blanks and brackets: fields count from the last one.
    static ProcStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length < 20
                ? NONE
                : new ProcStat(
                        fields[0].charAt(0), Long.parseLong(fields[3]), Long.parseLong(fields[19]));
    }

    boolean isAlive() {
        return state != 'Z' && state != 'X';
    }
}
