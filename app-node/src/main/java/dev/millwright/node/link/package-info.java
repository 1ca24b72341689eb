/// The node's end of the link to the servers, and how what is said there looks in Java. Start
/// reading at [Wire].
@NullMarked
package dev.millwright.node.link;

import org.jspecify.annotations.NullMarked;
