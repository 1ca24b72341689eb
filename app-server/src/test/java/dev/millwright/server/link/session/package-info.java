/// Tests of what one stream may cost and of its order, without a network. Start reading at
/// [UnderWayTest].
@NullMarked
package dev.millwright.server.link.session;

import org.jspecify.annotations.NullMarked;
