/// What users write for a step, what the administrator of a machine allows, and whether the one
/// fits the other. Start reading at [Policy].
@NullMarked
package dev.millwright.docker.settings;

import org.jspecify.annotations.NullMarked;
