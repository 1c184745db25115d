package io.batchengine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The constants of the records need each other: they must be whole whichever class is used first. */
class LimitsOrderTest {
    /** Loads these classes again. */
    private static final class Fresh extends ClassLoader {
        Fresh() {
            super(LimitsOrderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Limits.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            String resource = "/" + name.replace('.', '/') + ".class";
            try (InputStream in = Objects.requireNonNull(Limits.class.getResourceAsStream(resource), resource)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Limits.class, ProjectLimits.class, JobTypeLimits.class, Rate.class})
    void the_defaults_are_whole_whichever_class_is_used_first(Class<?> first) throws Exception {
        Fresh fresh = new Fresh();
        Class.forName(first.getName(), true, fresh);
        Class<?> limits = Class.forName(Limits.class.getName(), true, fresh);
        String defaults = String.valueOf(limits.getField("DEFAULT").get(null));
        assertThat(defaults)
                .isEqualTo(Limits.DEFAULT.toString())
                .doesNotContain("eachProject=null", "eachJobType=null");
    }
}
