/// Tests of repeated requests. Start reading at [RepeatedRequestsTest].
@NullMarked
package dev.millwright.server.web.repeat;

import org.jspecify.annotations.NullMarked;
