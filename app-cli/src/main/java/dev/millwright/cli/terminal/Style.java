package dev.millwright.cli.terminal;

/// How a piece of text looks on a terminal with colours.
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34"),
    CYAN("36"),
    BOLD_RED("1;31"),
    BOLD_GREEN("1;32"),
    BOLD_YELLOW("1;33"),
    BOLD_CYAN("1;36");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /// The text with the escapes around it; the text alone when colours are off.
    public String paint(String text, boolean colour) {
        return !colour || code.isEmpty() || text.isEmpty()
                ? text
                : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
