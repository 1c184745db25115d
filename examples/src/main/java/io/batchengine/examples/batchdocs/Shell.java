package io.batchengine.examples.batchdocs;

import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands for a user to copy. */
final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private Shell() {}

    /** The command that continues a batch. */
    static String resume(String batchId, StoreLocation store, Scope scope) {
        List<String> words = new ArrayList<>(program());
        words.addAll(List.of("resume", batchId));
        if (!store.equals(StoreOptions.defaultStore())) {
            words.addAll(List.of("--store", store.argument()));
        }
        if (!scope.projectId().equals(StoreOptions.DEFAULT_PROJECT)) {
            words.addAll(List.of("--project", scope.projectId()));
        }
        return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    /** A word as a shell takes it, in one printable line. */
    static String quoted(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        if (Text.printable(word, Integer.MAX_VALUE).equals(word)) {
            return "'" + word.replace("'", "'\\''") + "'";
        }
        StringBuilder out = new StringBuilder("$'");
        for (int i = 0; i < word.length(); ) {
            String one = Character.toString(word.codePointAt(i));
            if (one.equals("'") || one.equals("\\")) {
                out.append('\\').append(one);
            } else if (Text.printable(one).equals(one)) {
                out.append(one);
            } else {
                for (byte b : RawText.encode(one)) {
                    HexFormat.of().toHexDigits(out.append("\\x"), b);
                }
            }
            i += one.length();
        }
        return out.append('\'').toString();
    }

    /** How this program was started. */
    private static List<String> program() {
        CodeSource source = Shell.class.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            String address = source.getLocation().getPath();
            if (address.endsWith(".jar")) {
                return List.of("java", "-jar", Paths.raw(Paths.ofAddress(address)));
            }
        }
        return List.of("batch-docs");
    }
}
