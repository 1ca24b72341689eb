/// What the programs of this module log, as lines on standard error. Start reading at
/// [dev.millwright.cli.log.StandardErrorLog].
@NullMarked
package dev.millwright.cli.log;

import org.jspecify.annotations.NullMarked;
