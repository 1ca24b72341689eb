/// Extensions as everybody but their plugins sees them. Start reading at
/// [dev.millwright.host.use.Use].
@NullMarked
package dev.millwright.host.use;

import org.jspecify.annotations.NullMarked;
