/// Tests of the authority and of joining. Start reading at [JoiningTest].
@NullMarked
package dev.millwright.server.pki;

import org.jspecify.annotations.NullMarked;
