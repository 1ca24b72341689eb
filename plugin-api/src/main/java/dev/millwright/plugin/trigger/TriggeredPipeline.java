package dev.millwright.plugin.trigger;

import dev.millwright.plugin.Stability;

/// The pipeline that a trigger belongs to. Immutable.
///
/// @param namespace such as `default`
/// @param name such as `web`
/// @param repository where the pipeline's repository is cloned from; empty for one without
/// @param branch the branch for runs that name none; empty for the repository's default branch
/// @param file path of the pipeline file; empty for the usual places
///
///   ```java
///   if (!pipeline.repository().equals(payload.cloneUrl())) {
///       return new Interpretation.Ignored("it is about another repository");
///   }
///   ```
@Stability(Stability.Level.EVOLVING)
public record TriggeredPipeline(
        String namespace, String name, String repository, String branch, String file) {}
