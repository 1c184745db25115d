package io.batchengine.examples.modules;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What some modules of the class path require, and nothing besides: the entries that a user's module path would have, and the modules
 * of the JDK that a runtime image for it would have.
 *
 * @param entries jars and folders
 * @param ofTheJdk names of modules
 */
record ModulePath(Set<Path> entries, Set<String> ofTheJdk) {
    static ModulePath of(String... roots) {
        Map<String, Path> known = new HashMap<>();
        Map<String, ModuleReference> references = new HashMap<>();
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .forEach(entry -> modules(entry).forEach(module -> {
                    references.putIfAbsent(module.descriptor().name(), module);
                    known.putIfAbsent(module.descriptor().name(), entry);
                }));
        Set<Path> entries = new TreeSet<>();
        Set<String> ofTheJdk = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Arrays.asList(roots));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!seen.add(name)) {
                continue;
            }
            ModuleReference module = references.get(name);
            if (module == null) {
                if (ModuleFinder.ofSystem().find(name).isEmpty()) {
                    throw new IllegalStateException("no module " + name + " is on the class path or in the JDK");
                }
                ofTheJdk.add(name);
            } else {
                entries.add(Objects.requireNonNull(known.get(name)));
                module.descriptor().requires().stream()
                        .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                        .map(Requires::name)
                        .forEach(open::add);
            }
        }
        if (entries.stream().flatMap(entry -> modules(entry).stream()).anyMatch(ModulePath::isAutomatic)) {
            // As the JDK resolves it: one automatic module brings all others.
            references.values().stream()
                    .filter(ModulePath::isAutomatic)
                    .map(module ->
                            Objects.requireNonNull(known.get(module.descriptor().name())))
                    .forEach(entries::add);
        }
        return new ModulePath(entries, ofTheJdk);
    }

    private static boolean isAutomatic(ModuleReference module) {
        return module.descriptor().isAutomatic();
    }

    String joined() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** A jar whose name gives no module name is none that anything here requires. */
    private static Set<ModuleReference> modules(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll();
        } catch (FindException unnamed) {
            return Set.of();
        }
    }
}
