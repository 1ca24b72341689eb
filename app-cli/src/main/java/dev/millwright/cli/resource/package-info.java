/// Commands about resources: apply, get, diff, delete. Start reading at
/// [dev.millwright.cli.resource.ApplyCommand].
@NullMarked
package dev.millwright.cli.resource;

import org.jspecify.annotations.NullMarked;
