package dev.millwright.formats;

import java.util.List;
import java.util.regex.Pattern;

/// Packages that a step of narwhal wants to find installed.
final class Packages {
    /// What the package managers below take for a name, perhaps with a version; nothing that a
    /// shell takes for more than a word, and no option.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._:=@~/-]{0,99}");

    private Packages() {}

    static boolean isName(String word) {
        return NAME.matcher(word).matches();
    }

    /// A script for the image's shell that installs them with the package manager of the image.
    static String installing(List<String> names) {
        String all = String.join(" ", names);
        return """
        if command -v apt-get >/dev/null 2>&1; then
          apt-get -qq update
          DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install %1$s
        elif command -v apk >/dev/null 2>&1; then apk add --no-cache %1$s
        elif command -v dnf >/dev/null 2>&1; then dnf -q -y install %1$s
        elif command -v microdnf >/dev/null 2>&1; then microdnf -y install %1$s
        elif command -v yum >/dev/null 2>&1; then yum -q -y install %1$s
        elif command -v zypper >/dev/null 2>&1; then zypper -q -n install %1$s
        elif command -v pacman >/dev/null 2>&1; then pacman -Sy --noconfirm --needed %1$s
        else
          echo "the image has no package manager that is known; use one that has: %1$s" >&2
          exit 127
        fi\
        """
                .formatted(all);
    }
}
