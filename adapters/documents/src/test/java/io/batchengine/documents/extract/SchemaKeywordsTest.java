package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentException;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.internal.json.NotJsonException;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.ResolveRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SchemaKeywordsTest {
    private static final List<String> COUNTS = List.of(
            "maxLength",
            "minLength",
            "maxItems",
            "minItems",
            "maxProperties",
            "minProperties",
            "maxContains",
            "minContains");
    private static final List<String> BOUNDS =
            List.of("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf");
    private static final List<String> OTHERS = List.of(
            "type",
            "enum",
            "const",
            "pattern",
            "patternProperties",
            "required",
            "properties",
            "items",
            "prefixItems",
            "contains",
            "additionalProperties",
            "propertyNames",
            "uniqueItems",
            "unevaluatedItems",
            "unevaluatedProperties",
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "format",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "$defs",
            "definitions",
            "$ref",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$comment",
            "$vocabulary",
            "$id",
            "$schema",
            "title",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "discriminator");
    private static final List<String> VALUES = List.of(
            "1e99",
            "-1e99",
            "1e400",
            "1e-400",
            "1e999",
            "1e999999999",
            "1e-999999999",
            "-1e2147483647",
            "1e99999999999",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "9".repeat(999),
            "9".repeat(1001),
            "-1",
            "-0.0",
            "0",
            "0.0",
            "1.5",
            "3.00",
            "1e2",
            "NaN",
            "Infinity",
            "-Infinity",
            "null",
            "true",
            "\"5\"",
            "\"\"",
            "\"(\"",
            "\"(?:(?:){2147483647}){2147483647}x\"",
            "[]",
            "[1e99]",
            "[null]",
            "[[]]",
            "[\"a\",\"a\"]",
            "{}",
            "{\"a\":1e99}",
            "{\"a\":null}",
            "{\"(\":{}}",
            "{\"(?:(?:){2147483647}){2147483647}x\":{}}",
            "{\"maxProperties\":1e99}",
            "{\"a\":{\"maxLength\":1e99}}",
            "[{\"minItems\":-1}]");

    private static void resolve(String schema) {
        String text = "{\"type\":\"extract_v2\",\"parameters\":{\"schema\":" + schema
                + ",\"rules\":{\"v\":{\"labels\":\"V\"}}}}";
        var factory = ExtractJobFactory.of(
                (file, mode, stop) -> {
                    throw DocumentException.unusable("not to be parsed");
                },
                Configurations.of(id -> Optional.of(text)),
                OutputFolder.at(Path.of("unused")));
        var unused = factory.resolve(ResolveRequest.of(Scope.ofProject("prj-1"), JobType.EXTRACT_V2, "cfg-1"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        "{'type':'object','maxProperties':1e99}", "schema.maxProperties: 1E+99 is not a whole number"),
                Arguments.of("{'type':'object','minProperties':-1}", "schema.minProperties: -1 is not a whole number"),
                Arguments.of(
                        "{'type':'object','properties':{'v':{'maxLength':2147483648}}}",
                        "schema.properties.v.maxLength: 2147483648 is not a whole number from 0 to 2147483647"),
                Arguments.of(
                        "{'type':'object','properties':{'v':{'minLength':'5'}}}",
                        "schema.properties.v.minLength: \"5\" is not a whole number"),
                Arguments.of(
                        "{'type':'object','allOf':[{'not':{'minItems':1.5}}]}",
                        "schema.allOf[0].not.minItems: 1.5 is not a whole number"),
                Arguments.of(
                        "{'type':'object','properties':{'v':{'multipleOf':0}}}",
                        "schema.properties.v.multipleOf: 0 is not a number above 0"),
                Arguments.of(
                        "{'type':'object','properties':{'v':{'maximum':'1'}}}",
                        "schema.properties.v.maximum: \"1\" is not a number"),
                Arguments.of(
                        "{'type':'object','odd':{'maxItems':1e99},'properties':{'v':{'$ref':'#/odd'}}}",
                        "schema.properties.v.$ref (\"#/odd\").maxItems: 1E+99 is not a whole number"),
                Arguments.of(
                        "{'type':'object','properties':{'v':{'pattern':'(?:(?:){2147483647}){2147483647}x'}}}",
                        "schema.properties.v.pattern: the regular expression "),
                Arguments.of(
                        "{'type':'object','patternProperties':{'(?:(?:){2147483647}){2147483647}x':{}}}",
                        "schema.patternProperties.(?:(?:){2147483647}){2147483647}x: the regular expression "),
                Arguments.of("{'type':'object','patternProperties':{'(':{}}}", "schema.patternProperties.(: is not a"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_value_that_a_keyword_can_not_have_is_told_with_its_place(String schema, String fault) {
        assertThatThrownBy(() -> resolve(schema.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
                .hasMessageStartingWith("the configuration \"cfg-1\" is wrong at " + fault);
    }

    @Test
    void a_number_beyond_all_use_is_told_with_its_place() {
        assertThatThrownBy(() -> resolve("{\"type\":\"object\",\"properties\":{\"v\":{\"maximum\":1e999999999}}}"))
                .hasMessage("the configuration \"cfg-1\" has the number 1E+999999999 at"
                        + " parameters.schema.properties.v.maximum; at most 1000 zeros may stand at its end or behind its"
                        + " point");
        assertThatThrownBy(() -> resolve("{\"type\":\"object\",\"enum\":[1e-999999999]}"))
                .hasMessageContaining("parameters.schema.enum[0]");
    }

    /** Each step has two ways of two; all ways together are 2^30. */
    private static String doubling() {
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            steps.append(Text.format(
                    "\"d%d\":{\"anyOf\":[{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},false]},{\"$ref\":\"#/$defs/d%d\"}]},",
                    i, i + 1, i + 1));
        }
        return "\"$defs\":{" + steps + "\"d30\":false}";
    }

    @Test
    @Timeout(20)
    void a_schema_that_asks_the_same_again_and_again_is_refused() {
        assertThatThrownBy(() ->
                        resolve("{\"type\":\"object\"," + doubling() + ",\"anyOf\":[{\"$ref\":\"#/$defs/d0\"},true]}"))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
                .hasMessageContaining("schema: can't be used: ");
    }

    @Test
    @Timeout(20)
    void references_in_a_long_chain_are_refused() {
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            chain.append(Text.format("\"e%d\":{\"$ref\":\"#/$defs/e%d\"},", i, i + 1));
        }
        assertThatThrownBy(() -> resolve("{\"type\":\"object\",\"$defs\":{" + chain
                        + "\"e2000\":true},\"allOf\":[{\"$ref\":\"#/$defs/e0\"}]}"))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
                .hasMessageContaining("schema.$defs.e0.$ref")
                .hasMessageContaining("refer to one another more than 200 deep");
    }

    @Test
    void properties_may_have_the_names_of_keywords() {
        resolve(
                "{\"type\":\"object\",\"properties\":{\"v\":{},\"maxLength\":{\"const\":-1},\"pattern\":{\"enum\":[\"(\"]}},"
                        + "\"default\":{\"maxItems\":-1},\"maxProperties\":3.00}");
    }

    static Stream<Arguments> keywords() {
        return Stream.of(COUNTS, BOUNDS, OTHERS).flatMap(List::stream).map(Arguments::of);
    }

    /** Every keyword with every value, at the top, in a property, in a referred part: taken, or refused by the typed error. */
    @ParameterizedTest
    @MethodSource("keywords")
    void any_value_of_a_keyword_is_taken_or_refused_by_the_typed_error(String keyword) {
        for (String value : VALUES) {
            String own = "\"" + keyword + "\":" + value;
            for (String schema : List.of(
                    "{\"type\":\"object\"," + own + "}",
                    "{\"type\":\"object\",\"properties\":{\"v\":{" + own + "}}}",
                    "{\"type\":\"object\",\"properties\":{\"v\":{\"$ref\":\"#/x\"}},\"x\":{" + own + "}}",
                    "{\"type\":\"object\",\"properties\":{\"v\":{\"$ref\":\"#/$defs/x\"}},\"$defs\":{\"x\":{" + own
                            + "}}}")) {
                try {
                    resolve(schema);
                } catch (BatchEngineException e) {
                    assertThat(e.code()).as(schema).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
                    continue;
                }
                validateAnything(schema);
            }
        }
    }

    /** A schema that was taken validates any result within its bounds, or fails the job. */
    private static void validateAnything(String schema) {
        SchemaCheck compiled;
        try {
            compiled = SchemaCheck.compile(StrictJson.read(schema));
        } catch (NotJsonException e) {
            throw new AssertionError(schema, e);
        }
        for (String result : List.of(
                "{\"v\":1e999}",
                "{\"v\":-1.5}",
                "{\"v\":\"aaaaaaaaaaaa\"}",
                "{\"v\":[1,2,1e-999]}",
                "{\"v\":{\"a\":null}}")) {
            try {
                var unused = compiled.faults(StrictJson.read(result), Map.of(), () -> false);
            } catch (DocumentException e) {
                assertThat(e).as(schema).hasMessageStartingWith("the result can't be validated: ");
            } catch (Exception e) {
                throw new AssertionError(schema, e);
            }
        }
    }
}
