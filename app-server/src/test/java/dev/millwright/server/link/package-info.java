/// Tests of the server's end of the link, over real TLS connections. Start reading at
/// [LinkConversationTest].
@NullMarked
package dev.millwright.server.link;

import org.jspecify.annotations.NullMarked;
