package dev.millwright.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The arguments with which the tool `bass` calls a build program, made from what a step finds in
/// its environment. Pure but for a look at the file of changes.
///
/// They stand behind the program's own: `--service-name`, `--trace-id`, `--root-span-id`,
/// `--traces-endpoint`, `--logs-endpoint`, and `--changeset` with a file of one path per line when
/// it is known what has changed.
final class BassArguments {
    /// Such programs send no headers, so the server takes the token as a part of the address, too.
    private static final String TOKEN = "x-millwright-step=";

    private BassArguments() {}

    static List<String> of(Map<String, String> environment) {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--service-name", serviceName(environment));
        String[] trace = environment.getOrDefault("TRACEPARENT", "").split("-", -1);
        if (trace.length == 4) {
            add(arguments, "--trace-id", trace[1]);
            add(arguments, "--root-span-id", trace[2]);
        }
        add(arguments, "--traces-endpoint", endpoint(environment, "TRACES"));
        add(arguments, "--logs-endpoint", endpoint(environment, "LOGS"));
        add(arguments, "--changeset", changes(environment));
        return arguments;
    }

    /// What is not known is left out; such programs have defaults.
    private static void add(List<String> arguments, String name, String value) {
        if (!value.isEmpty()) {
            arguments.add(name);
            arguments.add(value);
        }
    }

    private static String serviceName(Map<String, String> environment) {
        String pipeline = environment.getOrDefault("MILLWRIGHT_PIPELINE", "");
        return environment.getOrDefault(
                "OTEL_SERVICE_NAME", pipeline.isEmpty() ? "" : "bass:pipeline:" + pipeline);
    }

    private static String endpoint(Map<String, String> environment, String signal) {
        String own =
                environment.getOrDefault("OTEL_EXPORTER_OTLP_%s_ENDPOINT".formatted(signal), "");
        String base = environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        if (!own.isEmpty() || base.isEmpty()) {
            return own;
        }
        String token = "";
        for (String header :
                environment.getOrDefault("OTEL_EXPORTER_OTLP_HEADERS", "").split(",", -1)) {
            if (header.startsWith(TOKEN)) {
                token = "/" + header.substring(TOKEN.length());
            }
        }
        return "%s%s/v1/%s"
                .formatted(base.replaceFirst("/+$", ""), token, signal.toLowerCase(Locale.ROOT));
    }

    private static String changes(Map<String, String> environment) {
        String file = environment.getOrDefault("CI_CHANGED_FILES_FILE", "");
        try {
            return !file.isEmpty() && Files.size(Path.of(file)) > 0 ? file : "";
        } catch (IOException missing) {
            return "";
        }
    }
}
