/// Secrets that stay where a team keeps them: asks the stores of plugins and remembers the answers
/// for a moment. Start reading at [dev.millwright.server.secret.SecretStores].
@NullMarked
package dev.millwright.server.secret;

import org.jspecify.annotations.NullMarked;
