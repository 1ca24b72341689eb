package dev.millwright.plugin;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes down all that plugins can be compiled against: every type that they see, and every member
/// of it, one in a line and in a fixed order. Pure, but for reading the classes.
final class PublicSurface {
    private PublicSurface() {}

    /// @param classes folder with the module's classes
    static String of(Path classes) throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(classes)) {
            names =
                    files.map(file -> classes.relativize(file).toString())
                            .filter(file -> file.endsWith(".class"))
                            .filter(file -> !file.endsWith("package-info.class"))
                            .map(file -> file.replaceFirst("\\.class$", "").replace('/', '.'))
                            .sorted()
                            .toList();
        }
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, PublicSurface.class.getClassLoader());
            if (isSeen(type)) {
                text.append(type(type)).append('\n');
                members(type).forEach(member -> text.append("    ").append(member).append('\n'));
            }
        }
        return text.toString();
    }

    private static boolean isSeen(Class<?> type) {
        return isSeen(type.getModifiers())
                && (type.getEnclosingClass() == null || isSeen(type.getEnclosingClass()));
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String type(Class<?> type) {
        String stability =
                type.isAnnotationPresent(Stability.class)
                        ? " @" + type.getAnnotation(Stability.class).value()
                        : "";
        String permits =
                type.isSealed()
                        ? " permits " + names(Arrays.stream(type.getPermittedSubclasses()))
                        : "";
        String interfaces =
                type.getInterfaces().length == 0
                        ? ""
                        : " : " + names(Arrays.stream(type.getGenericInterfaces()));
        String superclass =
                type.getGenericSuperclass() == null || type.getSuperclass() == Object.class
                        ? ""
                        : " extends " + type.getGenericSuperclass().getTypeName();
        return type.toGenericString() + superclass + interfaces + permits + stability;
    }

    private static String names(Stream<? extends Type> types) {
        return types.map(Type::getTypeName).sorted().collect(Collectors.joining(", "));
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        if (type.isRecord()) {
            // Their order is that of the constructor
            members.add(
                    Arrays.stream(type.getRecordComponents())
                            .map(PublicSurface::component)
                            .collect(Collectors.joining(", ", "record (", ")")));
        }
        List<String> others = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isSeen(field.getModifiers()) && !field.isSynthetic()) {
                others.add(field.toGenericString());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isSeen(constructor.getModifiers()) && !constructor.isSynthetic()) {
                others.add(constructor.toGenericString());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isSeen(method.getModifiers()) && !method.isSynthetic()) {
                String fallback =
                        method.getDefaultValue() == null
                                ? ""
                                : " default " + method.getDefaultValue();
                others.add(method.toGenericString() + names(method) + fallback);
            }
        }
        members.addAll(others.stream().sorted().toList());
        return members;
    }

    /// The names of parameters are part of what a reader knows.
    private static String names(Method method) {
        return Arrays.stream(method.getParameters())
                .map(Parameter::getName)
                .collect(Collectors.joining(" ", " ", ""))
                .stripTrailing();
    }

    private static String component(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }
}
