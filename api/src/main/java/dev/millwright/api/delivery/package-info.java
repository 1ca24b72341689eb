/// Accepted triggers as they travel; a component that may be missing is nullable. Start reading at
/// [DeliveryView].
@NullMarked
package dev.millwright.api.delivery;

import org.jspecify.annotations.NullMarked;
