/// What whole-system tests are made of: processes of servers and agents, the network between them,
/// and the file that tells what was really carried out. Start reading at [Site] (one server, agents
/// on hosts of their own) or [Cluster] (several servers on one PostgreSQL).
@NullMarked
package dev.millwright.itest.system;

import org.jspecify.annotations.NullMarked;
