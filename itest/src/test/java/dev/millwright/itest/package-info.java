/// Whole-system tests: real server processes, real steps, real kills. Start reading at
/// [KillPoints], or at [ServersWithNodesIT] for several servers.
@NullMarked
package dev.millwright.itest;

import org.jspecify.annotations.NullMarked;
