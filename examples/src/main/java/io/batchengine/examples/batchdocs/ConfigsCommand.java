package io.batchengine.examples.batchdocs;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.ResolveRequest;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which configurations there are. */
@Command(name = "configs", description = "Lists the configurations for parse and extract.")
final class ConfigsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigurationOptions saved = new ConfigurationOptions();

    ConfigsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        saved.check();
        line("ID", "TYPE", "FROM");
        for (String id : new TreeSet<>(ParseJobFactory.presets().keySet())) {
            line(id, JobType.PARSE_V2.name(), "built in");
        }
        line(SampleConfigurations.INVOICE, JobType.EXTRACT_V2.name(), "the sample");
        Path folder = saved.folder;
        if (folder != null) {
            for (String id : Configurations.folder(folder).ids()) {
                line(id, type(id), Paths.text(folder));
            }
        }
        return ExitCode.COMPLETED;
    }

    private String type(String id) throws Exception {
        for (JobType type : FactoryChoice.TYPES) {
            // No job is made, so nothing is written there.
            JobFactory factory = FactoryChoice.of(type, OutputFolder.at(Path.of("unused")), saved.configurations());
            try {
                var unused = factory.resolve(ResolveRequest.of(new StoreOptions().scope(), type, id));
                return type.name();
            } catch (BatchEngineException e) {
                if (e.code() != ErrorCode.CONFIGURATION_TYPE_MISMATCH) {
                    return "unusable: " + Text.printable(String.valueOf(e.getMessage()));
                }
            }
        }
        return "unusable: of no known type";
    }

    private void line(String id, String type, String from) {
        console.out()
                .println(ReportColumns.pad(Text.printable(id), 32) + "  " + ReportColumns.pad(type, 12) + "  " + from);
    }
}
