package dev.millwright.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.AttemptId;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All processes of one attempt, wherever they hide: they carry its cookie in their environment, or
/// live in the supervisor's session. Called from any thread.
///
/// A daemon that both leaves the session and wipes its environment escapes. Where there is no
/// `/proc` (macOS) only descendants of the supervisor are found.
final class ProcessTree {
    static final String COOKIE = "MILLWRIGHT_ATTEMPT";

    private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);
    private static final File PROC = new File("/proc");
    static final boolean HAS_PROC = new File("/proc/self/environ").exists();
    private static final int ENVIRONMENT_LIMIT = 1 << 20;
    private static final int FEW = 256;
    private static final long SWEEP_NANOS = 5_000_000_000L;

    private final byte[] cookie;
    private final long supervisor;
    private final @Nullable ForkMark before;

    /// @param before a mark from before the fork; null when it is not known
    ProcessTree(AttemptId attempt, long supervisor, @Nullable ForkMark before) {
        this.cookie = (COOKIE + "=" + attempt).getBytes(UTF_8);
        this.supervisor = supervisor;
        this.before = before;
    }

    /// The living processes, the supervisor included.
    List<ProcessHandle> members() {
        if (!HAS_PROC) {
            return descendants();
        }
        List<ProcessHandle> members = new ArrayList<>();
        for (long pid : candidates()) {
            if (isMember(pid)) {
                // The handle knows the start time, so a reused number is never killed
                ProcessHandle.of(pid).filter(_ -> isMember(pid)).ifPresent(members::add);
            }
        }
        return members;
    }

    private List<ProcessHandle> descendants() {
        return ProcessHandle.of(supervisor)
                .map(top -> Stream.concat(Stream.of(top), top.descendants()).toList())
                .orElse(List.of());
    }

    /// Kill until none is left. Gives up with a warning after a few seconds.
    void sweep() throws InterruptedException {
        long deadline = System.nanoTime() + SWEEP_NANOS;
        for (long pause = 1; ; pause = Math.min(50, pause * 2)) {
            List<ProcessHandle> left = members();
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                log.warn("Processes {} cannot be killed", left);
                return;
            }
            for (ProcessHandle stray : left) {
                if (stray.pid() != ProcessHandle.current().pid()) {
                    stray.destroyForcibly();
                }
            }
            Thread.sleep(pause);
        }
    }

    private long[] candidates() {
        ForkMark now = ForkMark.now();
        if (before != null && before.reaches(now)) {
            long first = before.lastPid() + 1;
            if (supervisor >= first && supervisor <= now.lastPid()) {
                return now.lastPid() - first < FEW
                        ? LongStream.rangeClosed(first, now.lastPid()).toArray()
                        : listed(first);
            }
        }
        return listed(1);
    }

    private static long[] listed(long first) {
        String[] names = PROC.list();
        return names == null
                ? new long[0]
                : Arrays.stream(names)
                        .filter(name -> Character.isDigit(name.charAt(0)))
                        .mapToLong(Long::parseLong)
                        .filter(pid -> pid >= first)
                        .toArray();
    }

    private boolean isMember(long pid) {
        if (!new File(PROC, Long.toString(pid)).exists()) {
            return false;
        }
        if (carriesCookie(pid)) {
            return true;
        }
        ProcStat stat = ProcStat.of(pid);
        return stat.session() == supervisor && stat.isAlive();
    }

    /// Whether the process was started by the attempt, as its environment tells.
    boolean carriesCookie(long pid) {
        return contains(environment(pid));
    }

    /// The environment that a process of the attempt had when it began; empty for any other. Both
    /// are told by the same bytes, since a number may be used again from one moment to the next.
    Map<String, String> variables(long pid) {
        byte[] environment = environment(pid);
        Map<String, String> variables = new HashMap<>();
        if (contains(environment)) {
            for (String entry : new String(environment, UTF_8).split("\0", -1)) {
                String[] parts = entry.split("=", 2);
                if (parts.length == 2) {
                    variables.putIfAbsent(parts[0], parts[1]);
                }
            }
        }
        return variables;
    }

    /// Empty for the dead, for the kernel's own, and for other people's processes.
    private static byte[] environment(long pid) {
        try (var file = new FileInputStream("/proc/" + pid + "/environ")) {
            return file.readNBytes(ENVIRONMENT_LIMIT);
        } catch (IOException gone) {
            return new byte[0];
        }
    }

    private boolean contains(byte[] environment) {
        for (int start = 0; start + cookie.length <= environment.length; ) {
            int end = start;
            while (end < environment.length && environment[end] != 0) {
                end++;
            }
            if (Arrays.equals(environment, start, end, cookie, 0, cookie.length)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
