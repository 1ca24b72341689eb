/// From a file to classes: private copies, manifests, signatures, class loaders. PF4J is used in
/// here alone. Start reading at [dev.millwright.host.load.BundleLoader].
@NullMarked
package dev.millwright.host.load;

import org.jspecify.annotations.NullMarked;
