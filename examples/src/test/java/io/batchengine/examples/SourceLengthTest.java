package io.batchengine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No file and no method of the main sources is too long to be read as a whole. */
class SourceLengthTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;
    private static final int LONGEST_OF_99_PERCENT = 30;

    private record Method(String name, int lines) {}

    @Test
    void no_file_has_more_than_400_lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                tooLong.add(Text.format("%s has %d lines", file, lines));
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void no_method_has_more_than_40_lines_and_of_100_at_most_one_more_than_30() throws IOException {
        List<Method> methods = methods();
        assertThat(methods).as("methods that were found").hasSizeGreaterThan(4_000);
        assertThat(methods.stream().filter(method -> method.lines() > LONGEST_METHOD))
                .isEmpty();
        List<Method> byLength = new ArrayList<>(methods);
        byLength.sort(Comparator.comparingInt(Method::lines));
        assertThat(byLength.get(byLength.size() * 99 / 100).lines()).isLessThanOrEqualTo(LONGEST_OF_99_PERCENT);
    }

    private static List<Method> methods() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Method> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreePathScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                        long from = positions.getStartPosition(unit, method);
                        long to = positions.getEndPosition(unit, method);
                        if (from >= 0 && to >= 0) { // a record's own constructor stands nowhere
                            long lines = unit.getLineMap().getLineNumber(to)
                                    - unit.getLineMap().getLineNumber(from)
                                    + 1;
                            String place = unit.getSourceFile().getName() + "#" + method.getName();
                            found.add(new Method(place, (int) lines));
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        }
        return found;
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of(System.getProperty("maven.multiModuleProjectDirectory"));
        List<Path> files = new ArrayList<>();
        for (String module : ArchitectureTest.MODULES) {
            try (Stream<Path> all = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }
}
