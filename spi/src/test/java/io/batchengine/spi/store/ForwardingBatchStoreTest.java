package io.batchengine.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of a store is handed on, also one that has a default: a decorator must not change what the store does. */
class ForwardingBatchStoreTest {
    private final List<String> called = new ArrayList<>();
    private final List<String> hooked = new ArrayList<>();
    private final BatchStore real = (BatchStore) Proxy.newProxyInstance(
            BatchStore.class.getClassLoader(), new Class<?>[] {BatchStore.class}, (proxy, method, args) -> {
                called.add(method.getName());
                return method.getReturnType() == List.class ? List.of() : null;
            });
    private final ForwardingBatchStore forwarding = new ForwardingBatchStore() {
        @Override
        protected BatchStore delegate() {
            return real;
        }

        @Override
        protected <T> T call(String method, Supplier<T> call) {
            hooked.add(method);
            return super.call(method, call);
        }
    };

    static Stream<Method> methods() {
        return Arrays.stream(BatchStore.class.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void each_method_is_handed_on_by_its_name(Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> type == int.class ? 1 : null)
                .toArray();
        Object unused = method.invoke(forwarding, arguments);
        assertThat(called).containsExactly(method.getName());
        if (method.getName().equals("warnings") || method.getName().equals("notes")) {
            assertThat(hooked).isEmpty();
        } else {
            assertThat(hooked).containsExactly(method.getName());
        }
    }
}
