/// The runners that plugins bring to a node, and how plugins come to a node at all: from its
/// servers, by their hashes. Start reading at [NodePlugins].
@NullMarked
package dev.millwright.node.plugin;

import org.jspecify.annotations.NullMarked;
