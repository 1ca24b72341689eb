/// Tests of keys and roles. Start reading at [AccessKeysTest].
@NullMarked
package dev.millwright.server.access;

import org.jspecify.annotations.NullMarked;
