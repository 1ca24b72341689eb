@NullMarked
package dev.millwright.server.cluster;

import org.jspecify.annotations.NullMarked;
