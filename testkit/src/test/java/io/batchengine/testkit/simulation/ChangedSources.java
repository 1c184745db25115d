package io.batchengine.testkit.simulation;

import io.batchengine.model.Text;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles a source of this project with a change in it, and loads the whole project again with the changed classes in their place. */
final class ChangedSources {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private ChangedSources() {}

    /** The project's classes with a bug. They share nothing with those of the test but other libraries. */
    static ClassLoader with(PlantedEngineBug bug) {
        Map<String, byte[]> changed = compile(bug.source(), sourceOf(bug));
        return new Loader(changed);
    }

    /** A source with a bug in it; an AssertionError where the code that it changes does not stand there once. */
    static String sourceOf(PlantedEngineBug bug) {
        try {
            String source = Files.readString(ROOT.resolve(bug.source()));
            int at = source.indexOf(bug.code());
            if (at < 0 || source.indexOf(bug.code(), at + 1) >= 0) {
                throw new AssertionError(
                        Text.format("%s: its code does not stand once in %s", bug.name(), bug.source()));
            }
            return source.replace(bug.code(), bug.bug());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compile(String path, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
        try (Memory memory = new Memory(compiler.getStandardFileManager(problems, null, null), compiled)) {
            List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
            boolean done = compiler.getTask(null, memory, problems, options, null, List.of(new Source(path, source)))
                    .call();
            if (!done) {
                throw new AssertionError(Text.format("%s does not compile: %s", path, problems.getDiagnostics()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, byte[]> classes = new HashMap<>();
        compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> compiled;

        Memory(JavaFileManager real, Map<String, ByteArrayOutputStream> compiled) {
            super(real);
            this.compiled = compiled;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return compiled.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }

    /** Asks for classes of this project here first, and for all others where the test has them. */
    private static final class Loader extends URLClassLoader {
        private final Map<String, byte[]> changed;

        Loader(Map<String, byte[]> changed) {
            super(classPath(), ChangedSources.class.getClassLoader());
            this.changed = changed;
        }

        private static URL[] classPath() {
            List<URL> urls = new ArrayList<>();
            Stream<String> entries =
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
            entries.forEach(entry -> {
                try {
                    urls.add(Path.of(entry).toUri().toURL());
                } catch (MalformedURLException e) {
                    throw new IllegalStateException(e);
                }
            });
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.batchengine.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = changed.get(name);
            return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
        }
    }
}
