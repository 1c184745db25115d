package io.batchengine.testkit.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every value class must do with every field it has. Looks at the fields themselves, so that a field that is added later and forgotten
 * somewhere fails here.
 *
 * @param <T> the class
 * @param type the class
 * @param one makes a value, each time another object
 * @param other makes a value that differs in every field
 */
record ValueClass<T>(Class<T> type, Supplier<T> one, Supplier<T> other) {
    @SuppressWarnings("unchecked")
    static <T> ValueClass<T> of(Supplier<T> one, Supplier<T> other) {
        return new ValueClass<>((Class<T>) one.get().getClass(), one, other);
    }

    List<Field> fields() {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .toList();
    }

    /** The methods {@code withX(value)} that are named after a field. */
    Stream<Method> copies() {
        return fields().stream().flatMap(field -> {
            String name = field.getName();
            String with = "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            return Arrays.stream(type.getMethods())
                    .filter(method -> method.getName().equals(with)
                            && Arrays.equals(method.getParameterTypes(), new Class<?>[] {field.getType()}));
        });
    }

    boolean hasBuilder() {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("builder"));
    }

    void checkShape() {
        assertThat(Modifier.isFinal(type.getModifiers())).as("is final").isTrue();
        assertThat(type.getConstructors()).as("public constructors").isEmpty();
        assertThat(fields()).allMatch(field -> Modifier.isPrivate(field.getModifiers()), "is private");
        assertThat(fields()).allMatch(field -> Modifier.isFinal(field.getModifiers()), "is final");
    }

    void checkAccessors() {
        T value = one.get();
        for (Field field : fields()) {
            assertThat(call(value, field.getName())).as(field.getName()).isEqualTo(get(field, value));
        }
    }

    void checkEquality() {
        T value = one.get();
        assertThat(one.get()).isEqualTo(value).hasSameHashCodeAs(value).isNotSameAs(value);
        assertThat(value).isNotEqualTo(null).isNotEqualTo(new Object());
        for (Field field : fields()) {
            Object changed = get(field, other.get());
            assertThat(changed).as("%s of the other value", field.getName()).isNotEqualTo(get(field, value));
            T copy = one.get();
            set(field, copy, changed);
            assertThat(copy).as("with another %s", field.getName()).isNotEqualTo(value);
            assertThat(value).as("with another %s", field.getName()).isNotEqualTo(copy);
            assertThat(copy.hashCode())
                    .as("hash with another %s", field.getName())
                    .isNotEqualTo(value.hashCode());
        }
    }

    void checkText() {
        for (T value : List.of(one.get(), other.get())) {
            String parts = String.join(
                    ", ",
                    fields().stream()
                            .map(field -> field.getName() + "=" + get(field, value))
                            .toList());
            assertThat(value).hasToString(type.getSimpleName() + "[" + parts + "]");
        }
    }

    /** Each changes its field alone, and the value that it is called on stays as it was. */
    void checkCopies() {
        copies().forEach(copy -> {
            T value = one.get();
            String name = Character.toLowerCase(copy.getName().charAt(4))
                    + copy.getName().substring(5);
            Map<String, @Nullable Object> expected = values(value);
            expected.put(name, values(other.get()).get(name));
            assertThat(values(call(value, copy, expected.get(name))))
                    .as(copy.getName())
                    .isEqualTo(expected);
            assertThat(value).as("after %s", copy.getName()).isEqualTo(one.get());
        });
    }

    /** A builder makes a value of the fields that were set, and {@code toBuilder} sets all of them. */
    void checkBuilder() {
        Object builder = call(null, method(type, "builder"));
        assertThat(names(builder.getClass())).as("what can be set").isEqualTo(names(type));
        for (T value : List.of(one.get(), other.get())) {
            for (Field field : fields()) {
                Object same = call(builder, method(builder.getClass(), field.getName()), get(field, value));
                assertThat(same).isSameAs(builder);
            }
            assertThat(values(call(builder, "build"))).isEqualTo(values(value));
        }
        if (Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().equals("toBuilder"))) {
            T value = one.get();
            assertThat(values(call(call(value, "toBuilder"), "build"))).isEqualTo(values(value));
        }
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .map(Field::getName)
                .toList();
    }

    private Map<String, @Nullable Object> values(Object value) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields().forEach(field -> values.put(field.getName(), get(field, value)));
        return values;
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type.getName() + " has no method " + name));
    }

    private static Object call(Object on, String name) {
        return call(on, noArguments(on.getClass(), name));
    }

    private static Method noArguments(Class<?> type, String name) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException missing) {
            throw new IllegalArgumentException(type.getName() + " has no method " + name + "()", missing);
        }
    }

    private static Object call(@Nullable Object on, Method method, @Nullable Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalArgumentException(method.toString(), failure);
        }
    }

    private static @Nullable Object get(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException failure) {
            throw new IllegalArgumentException(field.toString(), failure);
        }
    }

    private static void set(Field field, Object of, @Nullable Object value) {
        try {
            field.setAccessible(true);
            field.set(of, value);
        } catch (IllegalAccessException failure) {
            throw new IllegalArgumentException(field.toString(), failure);
        }
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
