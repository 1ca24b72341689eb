/// The checks of the house: what the sources look like and who may use what. Start reading at
/// `ArchitectureTest`, whose tables are the rules.
@NullMarked
package dev.millwright.house;

import org.jspecify.annotations.NullMarked;
