@NullMarked
package dev.millwright.gitpoll;

import org.jspecify.annotations.NullMarked;
