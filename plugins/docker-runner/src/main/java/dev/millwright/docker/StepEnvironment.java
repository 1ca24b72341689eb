package dev.millwright.docker;

import dev.millwright.plugin.runner.WorkOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The environment of a step's container.
final class StepEnvironment {
    /// About the machine that the container is to hide; the image has its own.
    private static final List<String> OF_MACHINE =
            List.of("HOME", "PATH", "USER", "LOGNAME", "LANG");

    private StepEnvironment() {}

    /// @param node the node's own environment, from which steps without a container get a few
    static List<String> of(WorkOrder order, Map<String, String> node) {
        Map<String, String> environment = new TreeMap<>(order.environment());
        for (String name : OF_MACHINE) {
            String own = node.getOrDefault(name, usual(name));
            environment.computeIfPresent(name, (_, value) -> value.equals(own) ? null : value);
        }
        environment.putIfAbsent("HOME", StepMounts.userHome(order).toString());
        environment.put("MILLWRIGHT_ATTEMPT", order.attempt().toString());
        return lines(environment);
    }

    /// What the node says when it does not know it itself.
    private static String usual(String name) {
        return switch (name) {
            case "HOME" -> System.getProperty("user.home", "/");
            case "USER", "LOGNAME" -> System.getProperty("user.name", "unknown");
            case "LANG" -> "C.UTF-8";
            default -> "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        };
    }

    static List<String> lines(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .sorted()
                .toList();
    }
}
