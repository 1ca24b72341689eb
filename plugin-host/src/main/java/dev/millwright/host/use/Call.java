package dev.millwright.host.use;

/// What is asked of an extension.
///
/// @param <T> the extension point
/// @param <R> the answer
@FunctionalInterface
public interface Call<T, R> {
    R on(T extension) throws Exception;
}
