/// How a run is shown to plugins that hand it on or tell of it. Start reading at
/// [dev.millwright.server.report.RunTelling].
@NullMarked
package dev.millwright.server.report;

import org.jspecify.annotations.NullMarked;
