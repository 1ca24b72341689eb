/// Whole-system tests: real processes of servers and agents, real steps, real kills; what was
/// carried out is read from a file outside of the system. Start reading at `system`, which starts
/// all of it; tests are in `server` (one server), `node` (a server with agents), `cluster` (several
/// servers), and `simulation` (the same decisions without processes).
@NullMarked
package dev.millwright.itest;

import org.jspecify.annotations.NullMarked;
