package dev.millwright.plugin.format;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Stability;
import java.util.List;

/// Turn a pipeline file of another system into Millwright's own form.
///
/// The order of calls:
///
/// 1. [#files()] after `open`; its answer is kept for as long as the extension is in use.
/// 2. [#read(PipelineFile, Record)] for each run of a pipeline whose file has such a name, and by
///    `millwright lint`, `local` and `import`. The same bytes must give the same result.
/// 3. The result is checked and planned like a file that a user wrote. It may hold as much as one:
///    100,000 values, 50 levels deep, 1 Mi characters.
///
/// Threads and failure: as in [Extension]. Deadline: 10 s. What is thrown ends the run with an
/// error that names the plugin.
///
/// ```java
/// @Override public FormatResult read(PipelineFile file, NoConfiguration none) {
///     return new FormatResult.Read(new Parameters(Map.of("steps", steps(file))), List.of());
/// }
/// ```
///
/// @param <C> what administrators write for the format; mostly
///   [dev.millwright.plugin.NoConfiguration]
@Stability(Stability.Level.EVOLVING)
public interface PipelineFormat<C extends Record> extends Extension<C> {
    /// Paths from the repository's root where such files stand, the first one found wins, such as
    /// `narwhal.yml`; they are looked for after Millwright's own. A file that a pipeline names is
    /// read, too, when its path ends with one of these, such as `services/web/narwhal.yml`.
    /// Deadline: 5 s.
    List<String> files();

    /// Read one file. Pure: it sees nothing but the file and what [PipelineFile#other] gives.
    FormatResult read(PipelineFile file, C settings);
}
