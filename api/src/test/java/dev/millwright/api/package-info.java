/// Tests of the client against a small server of their own. Start reading at
/// [MillwrightClientTest].
@NullMarked
package dev.millwright.api;

import org.jspecify.annotations.NullMarked;
