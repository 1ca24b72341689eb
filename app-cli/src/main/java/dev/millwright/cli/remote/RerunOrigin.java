package dev.millwright.cli.remote;

import dev.millwright.api.run.RunSummary;
import dev.millwright.model.RunId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells which run another one repeats. Pure.
final class RerunOrigin {
    // The sentence on why a run exists names the other one; its id alone says little to people.
    private static final Pattern ADDRESS = Pattern.compile(" of (?:default/)?(\\S+#\\d+)(?: |$)");

    private RerunOrigin() {}

    /// Such as `rerun of web#3`; empty for a run that repeats none.
    static String of(RunSummary run) {
        RunId other = run.rerunOf();
        if (other == null) {
            return "";
        }
        Matcher address = ADDRESS.matcher(run.cause());
        return "rerun of " + (address.find() ? address.group(1) : other);
    }
}
