/// Records of the API about polls of pipelines. Start reading at [PollView].
@NullMarked
package dev.millwright.api.poll;

import org.jspecify.annotations.NullMarked;
