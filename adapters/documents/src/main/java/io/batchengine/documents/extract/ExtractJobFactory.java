package io.batchengine.documents.extract;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.internal.json.SavedConfiguration;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Makes the {@code extract_v2} jobs. A job parses its document, has an {@link Extractor} fill the JSON Schema of its configuration,
 * validates the result against the schema and writes it as {@code <file name>.extract.json}: indented, its properties in the schema's
 * order. A result that does not validate fails the job, with the reasons in words; so does a document that can't be parsed.
 *
 * <p><b>Problems.</b> What was found for a property that is not required, and could not be read as what it should be, or could mean
 * two things, is left out. This is told in {@code <file name>.extract.problems.json}: {@code partial} (false), and {@code problems},
 * each with a {@code property} and a {@code problem} in words. A result that does not validate is written there too:
 * {@code partial} is then true, {@code problems} say what is missing or wrong and why, and {@code found} is the result. Where the
 * document could not be read whole, such as pages of a scan, {@code warnings} say so. A later run without either removes that file.
 *
 * <p><b>Configuration.</b> A saved configuration of type {@code extract_v2}; there are no presets. Its parameters are
 * {@code schema}, a JSON Schema (2020-12) of an object, which refers to nothing outside itself, and {@code rules}, which are for the
 * extractor: <pre>{@code
 * {"type": "extract_v2", "parameters": {
 *   "schema": {"type": "object", "required": ["number"], "properties": {
 *     "number": {"type": "string"}, "total": {"type": "number"}, "items": {"type": "array"}}},
 *   "rules": {
 *     "number": {"labels": ["Invoice no", "Rechnungsnummer"], "pattern": "[A-Z]+-[0-9]+"},
 *     "total": [{"labels": ["Total"], "type": "amount"}, {"pattern": "(?m)^Sum (.+)$", "type": "amount"}],
 *     "items": {"table": {"columns": {
 *         "what": {"headers": ["Description"]}, "price": {"headers": ["Price"], "type": "amount"}},
 *       "stop_at": ["Total"]}}}}}
 * }</pre>
 *
 * <p><b>Rules of {@link Extractor#rules()}.</b> A property has one rule, or an array of which the first that gives a value wins. A rule
 * has one of:
 *
 * <ul>
 *   <li>{@code labels}: the value is behind one of these texts ({@code Label: value}), in the next table cell, below it, or behind a
 *       space; tried in this order, and for each an earlier label first. Case and full-width forms don't matter;
 *   <li>{@code pattern}: a regular expression over the whole text, of which the first group that took part is the value. With
 *       {@code labels} or {@code metadata} it takes a part of what they give;
 *   <li>{@code table}: the rows of the table whose header has all {@code columns} (but those that are {@code optional}), each found by
 *       one of its {@code headers}; up to a row that begins with a text of {@code stop_at} and is not full;
 *   <li>{@code metadata}: a name of the document's metadata;
 *   <li>{@code file_name}: a regular expression over the file's name;
 *   <li>{@code constant}: a text, number or boolean;
 *   <li>{@code properties}: an object, with rules for its properties.
 * </ul>
 *
 * <p>{@code section} confines labels, patterns and tables to what is below headings that begin with one of its texts. {@code type} is
 * {@code string} (the default), {@code integer}, {@code number}, {@code amount}, {@code currency}, {@code date}, {@code boolean} or
 * {@code list}. Options: {@code decimal} ({@code "."} or {@code ","}) for numbers, {@code formats}, {@code locale} and
 * {@code date_order} ({@code day_first}, {@code month_first} or {@code year_first}) for dates, {@code locale} for currencies, {@code items} and
 * {@code separators} for lists.
 *
 * <p><b>Numbers and dates that can be read in two ways or more</b>, such as {@code 1.204}, {@code 03/05/2026} and
 * {@code 26/03/05}. Decided is by the first of
 * these that tells:
 *
 * <ol>
 *   <li>the column of the table, or all texts that the property's rules find: {@code 139.5} beside {@code 1.204} tells that a point
 *       stands before the decimals;
 *   <li>the document: the other values of its rules, and what in its text is clear, such as {@code 1.012,50} or {@code 12.50 EUR};
 *   <li>the configuration: {@code decimal}; {@code date_order}, or else the {@code locale} of a date.
 * </ol>
 *
 * <p>A value that none of them decides is left out, and told with its meanings. So is one in a column that is written in both ways,
 * which is told too. What the document holds as a number, such as a cell of a workbook, is that number, and tells nothing of texts
 * ({@link io.batchengine.documents.NumberCells}). A currency without cents decides that {@code ¥1,204} is a thousand and more; a whole number has no decimals
 * but zeros; a date with points has its day first.
 *
 * <p><b>Bounds.</b> A regular expression may look at a million characters of text, in 20 million steps; those of a document take 200
 * million in all. One that may do much without looking at a character, such as {@code (?:(?:){9999}){9999}}, is refused, as is one of
 * more than 10,000 characters. A number of a configuration or an answer may have 1,000 digits, and a count in a schema is at most
 * 2,147,483,647. A table may have 10,000 rows, a value 10,000 characters, a result {@link Extraction#MAX_LENGTH}.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ExtractJobFactory implements JobFactory {
    private static final String PREFIX = "ext-";

    private final Extractor extractor;
    private final Configurations configurations;
    private final ExtractJob job;

    private ExtractJobFactory(
            DocumentParser parser, Extractor extractor, Configurations configurations, OutputFolder output) {
        this.extractor = extractor;
        this.configurations = configurations;
        this.job = new ExtractJob(parser, extractor, output);
    }

    /**
     * A factory of jobs that extract by the rules of their configuration.
     *
     * @param parser reads the documents
     * @param configurations where saved configurations come from
     * @param output where results are written
     * @return the factory
     */
    public static ExtractJobFactory of(DocumentParser parser, Configurations configurations, OutputFolder output) {
        return of(parser, Extractor.rules(), configurations, output);
    }

    /**
     * A factory of jobs that extract by an extractor of the user's own.
     *
     * @param parser reads the documents
     * @param extractor fills the schema
     * @param configurations where saved configurations come from
     * @param output where results are written
     * @return the factory
     */
    public static ExtractJobFactory of(
            DocumentParser parser, Extractor extractor, Configurations configurations, OutputFolder output) {
        return new ExtractJobFactory(parser, extractor, configurations, output);
    }

    @Override
    public Map<JobType, String> types() {
        return Map.of(JobType.EXTRACT_V2, PREFIX);
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        String text = configurations
                .find(request.scope(), request.configurationId())
                .orElseThrow(() -> BatchEngineException.of(
                        ErrorCode.CONFIGURATION_NOT_FOUND,
                        Text.format(
                                "no saved configuration has the id %s; extract_v2 has no presets, only saved configurations",
                                Text.quote(request.configurationId()))));
        SavedConfiguration saved = SavedConfiguration.read(request.configurationId(), request.type(), text);
        try {
            ExtractSnapshot snapshot = ExtractSnapshot.of(saved.parameters());
            extractor.check(snapshot.configuration());
            return ConfigurationSnapshot.of(snapshot.text());
        } catch (IllegalArgumentException e) {
            throw SavedConfiguration.invalid(request.configurationId(), "is wrong at " + e.getMessage(), e);
        }
    }

    @Override
    public JobCreation create(JobRequest request) {
        return JobCreation.created(job);
    }
}
