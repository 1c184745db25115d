package io.batchengine.examples.batchdocs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where log output goes: nowhere, unless asked for. Nothing but the program's own lines may reach the terminal by itself. */
final class Logs {
    // Whatever a library logs: no control character but the ends of lines, no formatting character.
    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{30} %replace(%msg){'[\\p{Cntrl}\\p{Cf}]', '?'}%n"
                    + "%replace(%ex){'[\\p{Cntrl}\\p{Cf}&&[^\\n\\t]]', '?'}";

    private Logs() {}

    static void toNowhere() {
        LogManager.getLogManager().reset();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }

    static void toFile(Path file) {
        try {
            to(Files.newOutputStream(file));
        } catch (IOException e) {
            throw new UsageException(Text.format(
                    "the log file %s can't be written: %s",
                    Paths.text(file), e.getClass().getSimpleName()));
        }
    }

    static void to(OutputStream target) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(target);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
    }
}
