package io.batchengine.documents.extract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import io.batchengine.documents.DocumentException;
import io.batchengine.documents.internal.pattern.SafePattern;
import io.batchengine.documents.internal.pattern.Steps;
import io.batchengine.model.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A compiled JSON Schema (2020-12) of an object. It reads nothing but itself. */
final class SchemaCheck {
    private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();
    /** Of the validation that a thread is at: the validator hands nothing through to a regular expression. */
    private static final ThreadLocal<@Nullable Steps> STEPS = new ThreadLocal<>();

    /** A step may leave an error, which is kept: half a kilobyte or more. */
    private static final int MAX_STEPS = 1_000_000;
    /** Of the schema against the rules for schemas: they find few errors, however large it is. */
    private static final int MAX_STEPS_OF_SCHEMA = 10_000_000;
    /** Of an empty object, which needs only what the schema asks again and again. */
    private static final int MAX_STEPS_OF_TRIAL = 100_000;

    private static final int MAX_DEPTH = 500;

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ROOT)
            .pathType(PathType.JSON_POINTER)
            .preloadSchema(true)
            .regularExpressionFactory(SchemaCheck::bounded)
            .build();

    private final Schema schema;
    private final SchemaShape shape;

    private SchemaCheck(Schema schema, SchemaShape shape) {
        this.schema = schema;
        this.shape = shape;
    }

    /**
     * Compiles a schema.
     *
     * @throws IllegalArgumentException if it is no valid schema of an object; the message begins with the place
     */
    static SchemaCheck compile(JsonNode schema) {
        ConfigurationObject object = ConfigurationObject.of(schema, "schema");
        JsonNode type = object.get("type");
        if (type == null || !type.asString("").equals("object")) {
            throw ConfigurationObject.fault("schema.type", "must be object, since a result is one");
        }
        SchemaReferences.check(schema, DIALECT);
        SchemaKeywords.check(schema);
        List<Error> faults;
        Schema compiled;
        try {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(CONFIG));
            faults = validate(registry.getSchema(SchemaLocation.of(DIALECT)), schema, MAX_STEPS_OF_SCHEMA, () -> false);
            compiled = registry.getSchema(schema);
            if (faults.isEmpty()) { // an endless reference shows here
                validate(compiled, JsonNodeFactory.instance.objectNode(), MAX_STEPS_OF_TRIAL, () -> false);
            }
        } catch (RuntimeException | StackOverflowError e) { // the validator has exceptions of many kinds
            throw ConfigurationObject.fault("schema", "can't be used: " + Text.describe(e));
        }
        if (!faults.isEmpty()) {
            throw SchemaMessages.fault(faults.get(0));
        }
        return new SchemaCheck(compiled, SchemaShape.of(schema));
    }

    /** The form of a result, for ordering its properties. */
    SchemaShape shape() {
        return shape;
    }

    /**
     * What is wrong with a result; empty where it is valid.
     *
     * @param problems why properties were left out, by path
     */
    List<ExtractFault> faults(JsonNode result, Map<String, String> problems, BooleanSupplier stopRequested)
            throws DocumentException {
        try {
            return SchemaMessages.of(validate(schema, result, MAX_STEPS, stopRequested), problems);
        } catch (SafePattern.Unchecked e) {
            throw e.failure();
        } catch (RuntimeException | StackOverflowError e) {
            throw DocumentException.unusable("the result can't be validated: " + Text.describe(e), e);
        }
    }

    private static List<Error> validate(Schema schema, JsonNode value, int maxSteps, BooleanSupplier stopRequested) {
        STEPS.set(new Steps(stopRequested));
        try {
            return schema.validate(
                    value,
                    context -> context.executionConfig(config -> config.locale(Locale.ROOT)
                            .formatAssertionsEnabled(true)
                            .maxEvaluationSteps(maxSteps)
                            .maxEvaluationDepth(MAX_DEPTH)));
        } finally {
            STEPS.remove();
        }
    }

    private static RegularExpression bounded(String regex) {
        SafePattern pattern = SafePattern.ofValues(regex, "the schema's pattern " + Text.quote(regex));
        return value -> pattern.isIn(value, Objects.requireNonNull(STEPS.get()));
    }
}
