package dev.millwright.cli.launch;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Listen for Ctrl-C. The JDK offers this only through a class that the compiler does not let us
/// name, so it is reached by reflection; without it Ctrl-C ends the command at once, as usual.
public final class Interrupts implements AutoCloseable {
    private final Object previous;

    private Interrupts(Object previous) {
        this.previous = previous;
    }

    /// Call the action, on a thread of its own, at every Ctrl-C until this is closed.
    public static Interrupts listen(Runnable action) {
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
                                        default -> "Ctrl-C";
                                    });
            return new Interrupts(handle(own));
        } catch (ReflectiveOperationException | RuntimeException missing) {
            return new Interrupts(new Object());
        }
    }

    private static Object handle(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        return handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
    }

    @Override
    public void close() {
        try {
            handle(previous);
        } catch (ReflectiveOperationException | RuntimeException missing) {
            // Nothing was listened to, so there is nothing to give back.
        }
    }
}
