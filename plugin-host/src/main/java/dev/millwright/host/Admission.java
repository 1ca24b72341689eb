package dev.millwright.host;

/// Which files of the folder are loaded, for a program that puts them there itself. Called by one
/// thread at a time.
public interface Admission {
    /// Whatever is there.
    Admission ALL = new Admission() {};

    /// Look at a file before any class of it is loaded. Throws [LoadException] when it is not to be
    /// used.
    ///
    /// @param file its name
    /// @param sha256 of its content, in hexadecimal digits
    default void check(String file, String sha256) {}

    /// Whether the file takes the place of another one with the same plugin whatever their versions
    /// are, and does not give way to it.
    default boolean isPreferred(String file) {
        return false;
    }
}
