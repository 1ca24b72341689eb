/// Tests of the HTTP API on a whole server, over real sockets. Start reading at [ApiServer] and at
/// [SharedServer], on which most of them stand.
@NullMarked
package dev.millwright.server.web;

import org.jspecify.annotations.NullMarked;
