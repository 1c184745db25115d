package io.batchengine.documents.parse;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.internal.json.SavedConfiguration;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Makes {@code parse_v2} jobs: each reads its document and writes {@code <name>.md}, and where the configuration wants it, {@code
 * <name>.meta.json} with what the document says of itself. Where not all of it could be read, such as pages of a scan, that file is
 * written in any case and lists {@code warnings}; where there is nothing to write, that of an earlier run is removed. A document of
 * which no text could be read fails its job. Writing again gives the same files, so a job may be repeated.
 *
 * <p>Configurations: the presets {@value #AGENTIC} and {@value #FAST}, which win, and saved ones. The parameters of a saved one, all
 * optional: {@code mode} ({@code "layout"} or {@code "text"}), {@code metadata} (true or false) and {@code limits}, an object of {@code
 * max_input_bytes}, {@code max_output_characters}, {@code max_depth}, {@code max_time_seconds}, {@code max_expanded_bytes} and {@code
 * max_expansion_ratio}, which lower the parser's own limits and never raise them.
 *
 * <p>Outcomes: a document at fault fails its job; a source or an output folder that can't be read or written fails it retryably; a stop
 * request stops it.
 *
 * <p>Threading: any number of threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ParseJobFactory implements JobFactory {
    /** The preset that keeps the full layout, tables included, and writes metadata. */
    public static final String AGENTIC = "cfg-PARSE_AGENTIC";
    /** The preset that gives the text alone. */
    public static final String FAST = "cfg-PARSE_FAST";

    private static final Map<String, String> TITLES = titles();

    private final DocumentParser parser;
    private final Configurations configurations;
    private final OutputFolder outputs;

    private ParseJobFactory(DocumentParser parser, Configurations configurations, OutputFolder outputs) {
        this.parser = parser;
        this.configurations = configurations;
        this.outputs = outputs;
    }

    /**
     * A factory of parse jobs.
     *
     * @param parser reads the documents
     * @param configurations the saved configurations; {@link Configurations#none()} for the presets alone
     * @param outputs where the jobs write
     * @return the factory
     */
    public static ParseJobFactory of(DocumentParser parser, Configurations configurations, OutputFolder outputs) {
        return new ParseJobFactory(parser, configurations, outputs);
    }

    /**
     * The presets.
     *
     * @return id to description, in the order to show them
     */
    public static Map<String, String> presets() {
        return TITLES;
    }

    @Override
    public Map<JobType, String> types() {
        return Map.of(JobType.PARSE_V2, "pjb-");
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return ConfigurationSnapshot.of(parameters(request.scope(), request.type(), request.configurationId())
                .snapshot());
    }

    @Override
    public JobCreation create(JobRequest request) {
        ParseParameters parameters =
                ParseParameters.ofSnapshot(request.configuration().text());
        return JobCreation.created(new ParseJob(parser.withLimits(parameters::lower), outputs, parameters));
    }

    private ParseParameters parameters(Scope scope, JobType type, String id) {
        if (!type.equals(JobType.PARSE_V2)) {
            throw BatchEngineException.of(
                    ErrorCode.UNSUPPORTED_JOB_TYPE,
                    Text.format("this factory serves job type %s, not %s", JobType.PARSE_V2, type));
        }
        if (id.equals(AGENTIC)) {
            return new ParseParameters(ParseMode.LAYOUT, true, Map.of());
        }
        if (id.equals(FAST)) {
            return new ParseParameters(ParseMode.TEXT, false, Map.of());
        }
        Optional<String> saved = configurations.find(scope, id);
        if (saved.isEmpty()) {
            throw BatchEngineException.of(
                    ErrorCode.CONFIGURATION_NOT_FOUND,
                    Text.format(
                            "no configuration %s: it is neither a saved one nor a preset (%s)",
                            Text.quote(id), String.join(", ", TITLES.keySet())));
        }
        return ParseParameters.read(
                id, SavedConfiguration.read(id, type, saved.get()).parameters());
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put(AGENTIC, "full layout as Markdown, with tables and links, and metadata");
        titles.put(FAST, "text only");
        return Collections.unmodifiableMap(titles);
    }
}
