@NullMarked
package dev.millwright.server.poll;

import org.jspecify.annotations.NullMarked;
