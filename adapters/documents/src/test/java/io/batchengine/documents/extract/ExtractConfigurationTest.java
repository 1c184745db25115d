package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentException;
import io.batchengine.documents.OutputFolder;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.ResolveRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExtractConfigurationTest {
    private static final String SCHEMA =
            "'schema':{'type':'object','properties':{'v':{'type':'string'},'a':{'type':'array',"
                    + "'items':{'properties':{'x':{}}}}}}";

    private static ConfigurationSnapshot resolve(Extractor extractor, String text) {
        var factory = ExtractJobFactory.of(
                (file, mode, stop) -> {
                    throw DocumentException.unusable("not to be parsed");
                },
                extractor,
                Configurations.of(id -> id.equals("cfg-1") ? Optional.of(text.replace('\'', '"')) : Optional.empty()),
                OutputFolder.at(Path.of("unused")));
        return factory.resolve(ResolveRequest.of(Scope.ofProject("prj-1"), JobType.EXTRACT_V2, "cfg-1"));
    }

    private static ConfigurationSnapshot resolveParameters(String parameters) {
        return resolve(Extractor.rules(), "{'type':'extract_v2','parameters':{" + parameters + "}}");
    }

    private static String rule(String rule) {
        return SCHEMA + ",'rules':{'v':" + rule + "}";
    }

    static Stream<Arguments> wrongRules() {
        return Stream.of(
                Arguments.of(SCHEMA, "rules: must have a rule for at least one property"),
                Arguments.of(SCHEMA + ",'rules':[]", "rules: must be an object"),
                Arguments.of(
                        SCHEMA + ",'rulez':{}", "parameters: has the unknown field \"rulez\"; known: rules, schema"),
                Arguments.of(SCHEMA + ",'rules':{'w':{}}", "rules: the schema has no property \"w\""),
                Arguments.of(rule("5"), "rules.v: must be an object"),
                Arguments.of(rule("[]"), "rules.v: must have 1 to 20 rules"),
                Arguments.of(rule("{}"), "rules.v: must have one of labels, pattern, table, "),
                Arguments.of(
                        rule("{'labels':['a'],'constant':1}"), "rules.v: has both constant and labels; give it one"),
                Arguments.of(rule("{'labels':[]}"), "rules.v.labels: must have 1 to 1000 texts"),
                Arguments.of(rule("{'labels':['a',5]}"), "rules.v.labels[1]: must be a text"),
                Arguments.of(rule("{'labels':['a','']}"), "rules.v.labels[1]: must have 1 to 2000 characters"),
                Arguments.of(rule("{'labels':[' ']}"), "rules.v.labels: must not hold blank texts"),
                Arguments.of(
                        rule("{'labels':['a'],'lables':['b']}"), "rules.v: has the unknown field \"lables\"; known: "),
                Arguments.of(
                        rule("[{'constant':1},{'pattern':'('}]"), "rules.v[1].pattern: is not a regular expression: "),
                Arguments.of(
                        rule("{'pattern':'" + "(".repeat(1_900) + "'}"),
                        "rules.v.pattern: is not a regular expression"),
                Arguments.of(rule("{'file_name':'[a'}"), "rules.v.file_name: is not a regular expression: "),
                Arguments.of(
                        rule("{'labels':'a','type':'money'}"), "rules.v.type: \"money\" is not one of amount boolean "),
                Arguments.of(
                        rule("{'labels':'a','decimal':'.'}"),
                        "rules.v: the field decimal does not go with the type string"),
                Arguments.of(
                        rule("{'labels':'a','type':'amount','decimal':';'}"),
                        "rules.v.decimal: \";\" is not one of , ."),
                Arguments.of(
                        rule("{'labels':'a','type':'date','formats':'dd.MM'}"),
                        "rules.v.formats: \"dd.MM\" is not the format"),
                Arguments.of(
                        rule("{'labels':'a','type':'date','locale':'not a tag'}"),
                        "rules.v.locale: \"not a tag\" is not a language tag"),
                Arguments.of(
                        rule("{'labels':'a','type':'date','date_order':'x'}"),
                        "rules.v.date_order: \"x\" is not one of "),
                Arguments.of(
                        rule("{'labels':'a','type':'list','items':'list'}"), "rules.v.items: \"list\" is not one of "),
                Arguments.of(rule("{'constant':null}"), "rules.v.constant: must be a text, a number, true or false"),
                Arguments.of(
                        rule("{'table':{'columns':{'x':{'headers':'X'}},'stop':1}}"),
                        "rules.v.table: has the unknown field \"stop\""),
                Arguments.of(rule("{'table':{}}"), "rules.v.table: must have the field columns"),
                Arguments.of(
                        rule("{'table':{'columns':{'x':{}}}}"), "rules.v.table.columns.x: must have the field headers"),
                Arguments.of(
                        rule("{'table':{'columns':{'x':{'headers':'X','optional':true}}}}"),
                        "rules.v.table.columns: must have a column that is not optional"),
                Arguments.of(
                        rule("{'table':{'columns':{'x':{'headers':'X','optional':'yes'}}}}"),
                        "rules.v.table.columns.x.optional: must be true or false"),
                Arguments.of(
                        SCHEMA + ",'rules':{'a':{'table':{'columns':{'y':{'headers':'Y'}}}}}",
                        "rules.a.table.columns: the schema has no property \"y\" for the rows"),
                Arguments.of(rule("{'properties':{'p':{}}}"), "rules.v.properties.p: must have one of"));
    }

    static Stream<Arguments> wrongSchemas() {
        return Stream.of(
                Arguments.of("", "parameters: must have the field schema"),
                Arguments.of("'schema':true", "schema: must be an object"),
                Arguments.of("'schema':{}", "schema.type: must be object"),
                Arguments.of(
                        "'schema':{'type':'object','properties':{'v':{'type':'objekt'}}}",
                        "schema.properties.v.type: "),
                Arguments.of(
                        "'schema':{'type':'object','required':'v'}", "schema.required: \"v\" is not of the type array"),
                Arguments.of(
                        "'schema':{'type':'object','properties':{'v':{'pattern':'('}}}",
                        "schema.properties.v.pattern: "),
                Arguments.of(
                        "'schema':{'type':'object','$schema':'http://json-schema.org/draft-07/schema#'}",
                        "schema.$schema: must be https://"),
                Arguments.of("'schema':{'type':'object','$id':'http://a.example'}", "schema.$id: is not needed"),
                Arguments.of(
                        "'schema':{'type':'object','allOf':[{'$ref':'file:///etc/passwd'}]}",
                        "schema.allOf[0].$ref: \"file:///etc/passwd\" is not a part"),
                Arguments.of(
                        "'schema':{'type':'object','properties':{'v':{'$ref':'classpath:x'}}}",
                        "schema.properties.v.$ref: "),
                Arguments.of(
                        "'schema':{'type':'object','properties':{'v':{'$ref':'#/$defs/no'}}}",
                        "schema.properties.v.$ref: "),
                Arguments.of(
                        "'schema':{'type':'object','properties':{'v':{'$dynamicRef':'#no'}}}",
                        "schema.properties.v.$dynamicRef: "),
                Arguments.of("'schema':{'type':'object','$ref':'#'}", "schema: can't be used: "));
    }

    @ParameterizedTest
    @MethodSource({"wrongRules", "wrongSchemas"})
    void a_fault_is_told_with_the_configurations_id_and_its_place(String parameters, String fault) {
        assertThatThrownBy(() -> resolveParameters(parameters))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
                .hasMessageStartingWith("the configuration \"cfg-1\" is wrong at " + fault);
    }

    static Stream<String> brokenTexts() {
        return Stream.of(
                "",
                "{",
                "[]",
                "{'type':'extract_v2','parameters':{}} x",
                "{'type':'extract_v2','type':'extract_v2'}",
                "{'type':'extract_v2','parameters':{'schema':{'type':'object','type':'object'}}}",
                "{'type':'extract_v2','parameters':{'schema':" + "{'not':".repeat(100) + "{}" + "}".repeat(100) + "}}",
                "{'type':'extract_v2','paramaters':{}}");
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void a_text_that_is_no_strict_json_is_refused(String text) {
        assertThatThrownBy(() -> resolve(Extractor.rules(), text))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
                .hasMessageContaining("\"cfg-1\"");
    }

    @Test
    void a_configuration_of_another_type_is_refused() {
        assertThatThrownBy(() -> resolve(Extractor.rules(), "{'type':'parse_v2'}"))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_TYPE_MISMATCH));
    }

    @Test
    void an_unknown_id_is_not_found_and_the_message_says_that_there_are_no_presets() {
        var factory = ExtractJobFactory.of(
                (file, mode, stop) -> {
                    throw DocumentException.stopped();
                },
                Configurations.none(),
                OutputFolder.at(Path.of("unused")));

        assertThatThrownBy(() ->
                        factory.resolve(ResolveRequest.of(Scope.ofProject("p"), JobType.EXTRACT_V2, "cfg-PARSE_FAST")))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_NOT_FOUND))
                .hasMessage(
                        "no saved configuration has the id \"cfg-PARSE_FAST\"; extract_v2 has no presets, only saved"
                                + " configurations");
        assertThat(factory.types()).containsExactly(Map.entry(JobType.EXTRACT_V2, "ext-"));
    }

    @Test
    void the_snapshot_holds_schema_and_rules_without_spaces_and_in_their_order() {
        String spaced = "'rules' : { 'v' : { 'constant' : 1.50 } } ,\n" + SCHEMA;

        assertThat(resolveParameters(spaced).text())
                .isEqualTo("{\"schema\":" + SCHEMA.substring(9).replace('\'', '"')
                        + ",\"rules\":{\"v\":{\"constant\":1.50}}}")
                .isEqualTo(resolveParameters(SCHEMA + ",'rules':{'v':{'constant':1.50}}")
                        .text());
    }

    @Test
    void an_extractor_of_the_users_own_checks_its_own_rules() {
        var checked = new AtomicReference<ExtractConfiguration>();
        var extractor = new Extractor() {
            @Override
            public Extraction extract(ExtractionRequest request) {
                return Extraction.of("{}");
            }

            @Override
            public void check(ExtractConfiguration configuration) {
                checked.set(configuration);
                throw new IllegalArgumentException("rules.model: is unknown");
            }
        };

        assertThatThrownBy(() -> resolve(
                        extractor,
                        "{'type':'extract_v2','parameters':{'schema':{'type':'object'},'rules':{'model':'m'}}}"))
                .hasMessage("the configuration \"cfg-1\" is wrong at rules.model: is unknown");
        assertThat(checked).hasValue(new ExtractConfiguration("{\"type\":\"object\"}", "{\"model\":\"m\"}"));
    }

    @Test
    void a_schema_may_refer_to_its_own_parts() {
        assertThat(resolveParameters(
                                "'schema':{'type':'object','properties':{'v':{'$ref':'#/$defs/part'},'w':{'$ref':'#other'}},"
                                        + "'$defs':{'part':{'type':'object','properties':{'x':{}}},'o':{'$anchor':'other'}}},"
                                        + "'rules':{'v':{'properties':{'x':{'labels':'X'}}},'w':{'labels':'W'}}")
                        .text())
                .contains("#other");
    }
}
