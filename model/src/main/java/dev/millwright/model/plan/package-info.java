/// The step tree of one run after everything is resolved. A plan never changes once it is stored.
/// Start reading at [Plan], then [Step].
@NullMarked
package dev.millwright.model.plan;

import org.jspecify.annotations.NullMarked;
