package dev.millwright.node.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Find programs as a shell does. Any thread.
public final class ProgramSearch {
    private ProgramSearch() {}

    /// The program as an absolute path. A name with a slash is relative to the directory.
    public static Optional<String> find(String program, String path, Path directory) {
        if (program.contains("/")) {
            return Optional.of(directory.resolve(program))
                    .filter(Files::isRegularFile)
                    .map(Path::toString);
        }
        for (String folder : path.split(":", -1)) {
            Path candidate = directory.resolve(folder).resolve(program);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate.toString());
            }
        }
        return Optional.empty();
    }
}
