/// Pipelines without a server: checking their files, and running them here with the same engine and
/// the same node code. Start reading at [dev.millwright.cli.local.LocalCommand].
@NullMarked
package dev.millwright.cli.local;

import org.jspecify.annotations.NullMarked;
