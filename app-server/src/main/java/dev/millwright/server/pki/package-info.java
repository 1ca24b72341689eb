/// Who may come in over the link: the cluster's authority, one-time tokens, and the certificates of
/// nodes. Start reading at [NodeAuthority].
@NullMarked
package dev.millwright.server.pki;

import org.jspecify.annotations.NullMarked;
