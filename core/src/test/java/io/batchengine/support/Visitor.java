package io.batchengine.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A caller of an engine with an identity that threads inherit, and with a class loader of its own: for the calling thread, and of a class on
 * its stack.
 */
public final class Visitor {
    /** Who calls; each thread that a visitor's thread makes inherits it. */
    public static final InheritableThreadLocal<String> IDENTITY = new InheritableThreadLocal<>();

    private Visitor() {}

    /** Runs a call as a visitor, and gives the visitor's loader. */
    public static ClassLoader visit(String identity, Runnable call) throws Exception {
        OwnLoader loader = new OwnLoader();
        FutureTask<Void> task = new FutureTask<>(
                (Runnable) loader.loadClass(Frame.class.getName())
                        .getConstructor(Runnable.class)
                        .newInstance((Runnable) () -> {
                            IDENTITY.set(identity);
                            call.run();
                        }),
                null);
        Thread thread = new Thread(new ThreadGroup(identity), task, identity);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            task.get();
        } catch (ExecutionException failure) {
            throw new AssertionError("the visitor failed", failure.getCause());
        }
        thread.join();
        return loader;
    }

    /** What a visitor's loader loads: a class that stands on the stack of its calls. */
    public record Frame(Runnable call) implements Runnable {
        @Override
        public void run() {
            call.run();
        }
    }

    private static final class OwnLoader extends ClassLoader {
        OwnLoader() {
            super("visitor", Visitor.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Frame.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
