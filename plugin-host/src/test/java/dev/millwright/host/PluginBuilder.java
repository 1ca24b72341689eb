package dev.millwright.host;

import dev.millwright.host.use.Point;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Compiles and packs a small plugin, as its author's build would. Used by one thread.
public final class PluginBuilder {
    private static final Pattern NAME =
            Pattern.compile(
                    "package ([a-z.]+);.*?(?:class|record|interface) (\\w+)", Pattern.DOTALL);

    private final Path work;
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();

    private PluginBuilder(Path work, String id, String version) {
        this.work = work;
        manifest.put("Plugin-Id", id);
        manifest.put("Plugin-Version", version);
        manifest.put("Plugin-Requires", ">=0.1.0 & <0.2.0");
        manifest.put("Plugin-Provider", "Tests");
        manifest.put("Plugin-Description", "Made by a test.");
    }

    /// @param work folder for what is compiled
    public static PluginBuilder of(Path work, String id, String version) {
        return new PluginBuilder(work, id, version);
    }

    /// Change or, with an empty value, leave out an attribute.
    public PluginBuilder says(String attribute, String value) {
        manifest.put(attribute, value);
        return this;
    }

    /// A source file; its name follows from the text.
    public PluginBuilder source(String text) {
        sources.put(nameOf(text), text);
        return this;
    }

    /// A source file with an extension of that point.
    public PluginBuilder extension(Point<?> point, String text) {
        services.merge(
                "META-INF/services/" + point.type().getName(), nameOf(text) + "\n", String::concat);
        return source(text);
    }

    /// A jar that the plugin brings along in a zip.
    public PluginBuilder library(Path jar) {
        libraries.add(jar);
        return this;
    }

    private static String nameOf(String text) {
        Matcher found = NAME.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException(text);
        }
        return found.group(1) + "." + found.group(2);
    }

    /// A jar in that place, which is there whole or not at all.
    public Path jar(Path target) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", bytes("Manifest-Version: 1.0\n" + attributes() + "\n"));
        entries.putAll(compiled());
        return write(target, packed(entries));
    }

    /// A zip with the plugin's jar and its libraries below `lib`.
    public Path zip(Path target) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("plugin.properties", bytes(properties()));
        entries.put("lib/plugin.jar", packed(compiled()));
        for (Path library : libraries) {
            try {
                entries.put("lib/" + library.getFileName(), Files.readAllBytes(library));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return write(target, packed(entries));
    }

    private String attributes() {
        StringBuilder text = new StringBuilder();
        manifest.forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(name).append(": ").append(value).append('\n');
            }
        });
        return text.toString();
    }

    private String properties() {
        return attributes()
                .replace("Plugin-Id:", "plugin.id=")
                .replace("Plugin-Version:", "plugin.version=")
                .replace("Plugin-Requires:", "plugin.requires=")
                .replace("Plugin-Provider:", "plugin.provider=")
                .replace("Plugin-Description:", "plugin.description=");
    }

    private Map<String, byte[]> compiled() {
        try {
            Path source = Files.createTempDirectory(work, "source");
            Path classes = Files.createTempDirectory(work, "classes");
            List<String> arguments =
                    new ArrayList<>(
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    classPath()));
            for (Map.Entry<String, String> one : sources.entrySet()) {
                Path file = source.resolve(one.getKey().replace('.', '/') + ".java");
                Files.createDirectories(file.getParent());
                arguments.add(Files.writeString(file, one.getValue()).toString());
            }
            compile(arguments);
            Map<String, byte[]> entries = new LinkedHashMap<>();
            services.forEach((name, text) -> entries.put(name, bytes(text)));
            try (Stream<Path> tree = Files.walk(classes)) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    entries.put(
                            classes.relativize(file).toString().replace('\\', '/'),
                            Files.readAllBytes(file));
                }
            }
            return entries;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String classPath() {
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        libraries.forEach(library -> path.append(java.io.File.pathSeparator).append(library));
        return path.toString();
    }

    private static void compile(List<String> arguments) {
        if (arguments.stream().noneMatch(argument -> argument.endsWith(".java"))) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int code = compiler.run(null, told, told, arguments.toArray(String[]::new));
        if (code != 0) {
            StringWriter text = new StringWriter();
            text.write(told.toString(StandardCharsets.UTF_8));
            throw new IllegalArgumentException(text.toString());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return bytes.toByteArray();
    }

    private static Path write(Path target, byte[] content) {
        try {
            Files.createDirectories(target.getParent());
            Path fresh = Files.createTempFile(target.getParent(), ".", ".part");
            Files.write(fresh, content);
            return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
