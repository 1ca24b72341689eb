/// Who may do what: the levels that routes ask for, and the keys that prove a caller's role. Start
/// reading at [AccessKeys].
@NullMarked
package dev.millwright.server.access;

import org.jspecify.annotations.NullMarked;
