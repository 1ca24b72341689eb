/// What a node finds out about its machine. Start reading at [MachineFacts].
@NullMarked
package dev.millwright.node.facts;

import org.jspecify.annotations.NullMarked;
