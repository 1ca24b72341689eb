/// Reads what forges send and checks their signatures. Start reading at [JsonObject].
@NullMarked
package dev.millwright.forgekit.payload;

import org.jspecify.annotations.NullMarked;
