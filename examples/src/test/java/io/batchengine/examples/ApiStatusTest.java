package io.batchengine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.SinceTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Every public type that a module exports says its status and since when it is there (VERSIONING.md). */
class ApiStatusTest {
    private static final List<String> MODULES =
            List.of("spi", "core", "testkit", "adapters/documents", "adapters/jdbc");

    @Test
    void every_public_type_has_a_status_and_a_version() throws IOException {
        List<String> without = new ArrayList<>();
        int types = 0;
        for (String module : MODULES) {
            Path root = Path.of(System.getProperty("maven.multiModuleProjectDirectory"), module, "src/main/java");
            String exports = Files.readString(root.resolve("module-info.java"));
            List<Path> sources = sources(root);
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                JavacTask task = (JavacTask) compiler.getTask(
                        null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
                DocTrees docs = DocTrees.instance(task);
                for (CompilationUnitTree unit : task.parse()) {
                    String name = String.valueOf(unit.getPackageName());
                    if (!exports.contains("exports " + name + ";")) {
                        continue;
                    }
                    for (Tree declared : unit.getTypeDecls()) {
                        if (declared instanceof ClassTree type && isPublic(type.getModifiers())) {
                            types++;
                            if (!hasStatus(type.getModifiers()) || !hasSince(docs, unit, type)) {
                                without.add(name + "." + type.getSimpleName());
                            }
                        }
                    }
                }
            }
        }
        assertThat(types).isGreaterThan(130);
        assertThat(without).isEmpty();
    }

    private static boolean isPublic(ModifiersTree modifiers) {
        return modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private static boolean hasStatus(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("API")
                                && annotation.toString().contains("since"));
    }

    private static boolean hasSince(DocTrees docs, CompilationUnitTree unit, ClassTree type) {
        DocCommentTree comment = docs.getDocCommentTree(new TreePath(new TreePath(unit), type));
        return comment != null && comment.getBlockTags().stream().anyMatch(SinceTree.class::isInstance);
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
