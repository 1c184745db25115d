package io.batchengine.examples.batchdocs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments as they were given. Java decodes them by the locale: under {@code LC_ALL=C} whatever is not ASCII is lost, and under
 * UTF-8 whatever is none. Where the system shows their bytes they are taken from there, as {@link RawText}.
 */
final class ProgramArguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private ProgramArguments() {}

    static String[] lossless(String[] args) {
        try {
            return lossless(args, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) { // not on this system
            return args;
        }
    }

    /** The last ones of a command line, or the arguments as they are where those are others. */
    static String[] lossless(String[] args, byte[] commandLine) {
        List<byte[]> given = split(commandLine);
        if (given.size() < args.length) {
            return args;
        }
        List<String> raw = given.subList(given.size() - args.length, given.size()).stream()
                .map(RawText::decode)
                .toList();
        for (int i = 0; i < args.length; i++) {
            if (isAscii(raw.get(i)) && !raw.get(i).equals(args[i])) {
                return args;
            }
        }
        return raw.toArray(new String[0]);
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private static List<byte[]> split(byte[] commandLine) {
        List<byte[]> args = new ArrayList<>();
        ByteArrayOutputStream arg = new ByteArrayOutputStream();
        for (byte b : commandLine) {
            if (b == 0) {
                args.add(arg.toByteArray());
                arg.reset();
            } else {
                arg.write(b);
            }
        }
        return args;
    }
}
