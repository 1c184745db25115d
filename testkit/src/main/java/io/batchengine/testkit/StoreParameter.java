package io.batchengine.testkit;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each rule its store, and closes it before the test class's own clean-up. */
final class StoreParameter implements ParameterResolver, AfterTestExecutionCallback {
    StoreParameter() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StoreUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return contract(context).subject();
        } catch (Exception failure) {
            throw new ParameterResolutionException("the store could not be opened: " + failure, failure);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        contract(context).closeSubject();
    }

    private static BatchStoreContract contract(ExtensionContext context) {
        return (BatchStoreContract) context.getRequiredTestInstance();
    }
}
