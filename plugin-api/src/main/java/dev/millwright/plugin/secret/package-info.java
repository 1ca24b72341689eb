/// Read secrets from where a team keeps them. Start reading at [SecretStore].
@NullMarked
package dev.millwright.plugin.secret;

import org.jspecify.annotations.NullMarked;
