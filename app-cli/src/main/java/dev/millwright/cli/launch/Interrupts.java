package dev.millwright.cli.launch;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Listen for signals. The JDK offers this only through a class that the compiler does not let us
/// name, so it is reached by reflection; without it they end the command at once, as usual.
public final class Interrupts implements AutoCloseable {
    private final Map<String, Object> previous;

    private Interrupts(Map<String, Object> previous) {
        this.previous = Map.copyOf(previous);
    }

    /// Call the action, on a thread of its own, at every Ctrl-C until this is closed.
    public static Interrupts listen(Runnable action) {
        return listen(action, List.of("INT"));
    }

    /// As [#listen], also when a service manager asks for an end by SIGTERM.
    public static Interrupts listenForEnd(Runnable action) {
        return listen(action, List.of("INT", "TERM"));
    }

    private static Interrupts listen(Runnable action, List<String> signals) {
        Map<String, Object> previous = new HashMap<>();
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object own =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) ->
                                    switch (method.getName()) {
                                        case "handle" -> {
                                            action.run();
                                            yield null;
                                        }
                                        case "equals" -> proxy == arguments[0];
                                        case "hashCode" -> System.identityHashCode(proxy);
                                        default -> "signals";
                                    });
            for (String signal : signals) {
                previous.put(signal, handle(signal, own));
            }
        } catch (ReflectiveOperationException | RuntimeException missing) {
            // They end the command as usual
        }
        return new Interrupts(previous);
    }

    private static Object handle(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    }

    @Override
    public void close() {
        try {
            for (Map.Entry<String, Object> signal : previous.entrySet()) {
                var _ = handle(signal.getKey(), signal.getValue());
            }
        } catch (ReflectiveOperationException | RuntimeException missing) {
            // Nothing was listened to, so there is nothing to give back.
        }
    }
}
