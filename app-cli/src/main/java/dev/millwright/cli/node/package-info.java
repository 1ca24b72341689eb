/// Commands about nodes.
@NullMarked
package dev.millwright.cli.node;

import org.jspecify.annotations.NullMarked;
