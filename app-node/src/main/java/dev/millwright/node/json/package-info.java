/// JSON as trees of plain values, without the library that binds it to records: that one would stay
/// in the memory of every node. Start reading at [dev.millwright.node.json.JsonText].
@NullMarked
package dev.millwright.node.json;

import org.jspecify.annotations.NullMarked;
