/// How runs are told to exporters and notifiers. Start reading at [RunReport].
@NullMarked
package dev.millwright.plugin.report;

import org.jspecify.annotations.NullMarked;
