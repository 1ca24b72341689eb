/// Several servers on one PostgreSQL, with and without agents. Start reading at
/// [ServersWithNodesIT].
@NullMarked
package dev.millwright.itest.cluster;

import org.jspecify.annotations.NullMarked;
