package io.batchengine.documents.extract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import io.batchengine.documents.DocumentException;
import io.batchengine.model.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A compiled JSON Schema (2020-12) of an object. It reads nothing but itself. */
final class SchemaCheck {
    private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();
    private static final int MAX_STEPS = 10_000_000;
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
        try {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(CONFIG));
            List<Error> faults = validate(registry.getSchema(SchemaLocation.of(DIALECT)), schema);
            if (!faults.isEmpty()) {
                throw SchemaMessages.fault(faults.get(0));
            }
            Schema compiled = registry.getSchema(schema);
            validate(compiled, JsonNodeFactory.instance.objectNode()); // an endless reference shows here
            return new SchemaCheck(compiled, SchemaShape.of(schema));
        } catch (SchemaException | ValidationLimitExceededException | StackOverflowError e) {
            throw ConfigurationObject.fault("schema", "can't be used: " + Text.describe(e));
        }
    }

    /** The form of a result, for ordering its properties. */
    SchemaShape shape() {
        return shape;
    }

    /**
     * What is wrong with a result, in words; empty where it is valid.
     *
     * @param problems why properties were left out, by path
     */
    List<String> messages(JsonNode result, Map<String, String> problems) throws DocumentException {
        try {
            return SchemaMessages.of(validate(schema, result), problems);
        } catch (WatchedText.StoppedException e) {
            throw DocumentException.stopped();
        } catch (WatchedText.TooManyStepsException e) {
            throw DocumentException.unusable(
                    "a regular expression of the schema needs too many steps on this document's values", e);
        } catch (SchemaException | ValidationLimitExceededException | StackOverflowError e) {
            throw DocumentException.unusable("the result can't be validated: " + Text.describe(e), e);
        }
    }

    private static List<Error> validate(Schema schema, JsonNode value) {
        return schema.validate(
                value,
                context -> context.executionConfig(config -> config.locale(Locale.ROOT)
                        .formatAssertionsEnabled(true)
                        .maxEvaluationSteps(MAX_STEPS)
                        .maxEvaluationDepth(MAX_DEPTH)));
    }

    private static RegularExpression bounded(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return value -> pattern.matcher(
                        new WatchedText(value, SafePattern.MAX_STEPS, Thread.currentThread()::isInterrupted))
                .find();
    }
}
