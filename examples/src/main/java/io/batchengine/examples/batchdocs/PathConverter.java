package io.batchengine.examples.batchdocs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes an absolute path of an argument, whatever the locale. */
final class PathConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
        try {
            return Paths.of(value);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("not a path on this system");
        }
    }
}
