package dev.millwright.node.process;

import java.util.Map;
import java.util.TreeMap;

/// The few variables that processes get from the node's own environment. Called from any thread.
///
/// Steps get `HOME`, `PATH`, `USER`, `LOGNAME` and `LANG`: tools and the credentials of git and ssh
/// do not work without them. Nothing else of the server's environment reaches a step.
public final class NodeEnvironment {
    private static final String DEFAULT_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private NodeEnvironment() {}

    /// What every step starts from.
    public static Map<String, String> forSteps() {
        Map<String, String> own = System.getenv();
        String user = System.getProperty("user.name", "unknown");
        Map<String, String> base = new TreeMap<>();
        base.put("HOME", own.getOrDefault("HOME", System.getProperty("user.home", "/")));
        base.put("PATH", path());
        base.put("USER", user);
        base.put("LOGNAME", user);
        base.put("LANG", own.getOrDefault("LANG", "C.UTF-8"));
        return base;
    }

    /// The search path for programs.
    public static String path() {
        return System.getenv().getOrDefault("PATH", DEFAULT_PATH);
    }
}
