package dev.millwright.node.attempt;

import dev.millwright.node.Assignment;
import dev.millwright.node.NodeException;
import dev.millwright.node.process.NodeEnvironment;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Lays out what a step finds when it starts: its environment and the files that it points to.
final class Surroundings {
    private Surroundings() {}

    static WorkOrder order(
            String node,
            Assignment assignment,
            AttemptFolder folder,
            Path workspace,
            Path directory) {
        Map<String, String> environment = new TreeMap<>(NodeEnvironment.forSteps());
        assignment
                .environment()
                .forEach((name, value) -> environment.put(name, revealed(assignment, value)));
        environment.put("CI_WORKSPACE", workspace.toString());
        environment.put("CI_CHANGED_FILES_FILE", folder.changedFilesFile().toString());
        environment.put("MILLWRIGHT_OUTPUT", folder.outputFile().toString());
        environment.put("CI_OUTPUT", folder.outputFile().toString());
        environment.put("MILLWRIGHT_ATTEMPT", assignment.attempt().toString());
        environment.put("MILLWRIGHT_FENCE", Long.toString(assignment.fence()));
        environment.put("MILLWRIGHT_NODE_NAME", node);
        environment.put("CI_CANCEL_GRACE", Long.toString(assignment.grace().toSeconds()));
        return new WorkOrder(
                assignment.attempt(),
                folder.home(),
                workspace,
                directory,
                environment,
                assignment.parameters());
    }

    private static String revealed(Assignment assignment, String value) {
        Secret secret = assignment.secrets().get(value);
        return secret == null ? value : secret.reveal();
    }

    static void write(Assignment assignment, AttemptFolder folder) {
        try {
            Files.write(
                    folder.changedFilesFile(), assignment.changedFiles(), StandardCharsets.UTF_8);
            if (!Files.exists(folder.outputFile())) {
                Files.createFile(folder.outputFile());
            }
        } catch (IOException refused) {
            throw new NodeException(
                    "the files of attempt %s cannot be written: %s"
                            .formatted(assignment.attempt(), refused.getMessage()),
                    refused);
        }
    }
}
