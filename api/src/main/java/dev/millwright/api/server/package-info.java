/// What a server tells about itself: version, health, queue, nodes, settings, figures. Start
/// reading at [ReadyView].
@NullMarked
package dev.millwright.api.server;

import org.jspecify.annotations.NullMarked;
