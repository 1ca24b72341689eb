/// A seeded simulation of servers, nodes, network and database around the pure core, in virtual
/// time and on one thread. Start reading at [Simulation].
@NullMarked
package dev.millwright.itest.simulation;

import org.jspecify.annotations.NullMarked;
