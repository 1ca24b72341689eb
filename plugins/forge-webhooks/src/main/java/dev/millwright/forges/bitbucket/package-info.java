/// Bitbucket, Cloud and Data Center. Start reading at [CloudTrigger] and [DataCenterTrigger].
@NullMarked
package dev.millwright.forges.bitbucket;

import org.jspecify.annotations.NullMarked;
