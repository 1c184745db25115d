package io.batchengine.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.batchengine.model.Text;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The structure of all modules; this one is the last to be built, so the others' classes are there. */
class ArchitectureTest {
    static final List<String> MODULES =
            List.of("spi", "core", "testkit", "adapters/documents", "adapters/jdbc", "benchmarks", "examples");
    private static final String[] CORE = {
        "io.batchengine",
        "io.batchengine.bundled",
        "io.batchengine.json",
        "io.batchengine.limits",
        "io.batchengine.internal..",
    };
    private static final int LARGEST_KNOT = 6;
    /** Of the library's core and its SPI. */
    private static final Pattern CORE_CLASS =
            Pattern.compile("io[.]batchengine[.]((bundled|json|limits|model|spi|internal)[.].*|[A-Z].*)");

    private static final String[] PROGRAMS = {"io.batchengine.examples..", "io.batchengine.benchmarks.."};
    private static final String[] ADAPTERS = {"io.batchengine.documents..", "io.batchengine.jdbc.."};
    private static final String[] TESTKIT = {"io.batchengine.testkit.."};
    private static final String[] THIRD_PARTY = {
        "com.google..",
        "tools.jackson..",
        "com.fasterxml..",
        "com.networknt..",
        "org.apache..",
        "org.xml..",
        "com.zaxxer..",
        "org.sqlite..",
        "org.postgresql..",
        "org.slf4j.."
    };

    private static final JavaClasses ALL = importAll(); // once: reading all classes takes seconds

    @Test
    void every_module_is_looked_at() {
        for (String name : List.of(
                "io.batchengine.model.Batch",
                "io.batchengine.BatchEngine",
                "io.batchengine.documents.ParsedDocument",
                "io.batchengine.jdbc.JdbcBatchStore")) {
            assertThat(ALL.contain(name)).as(name).isTrue();
        }
    }

    /** Each package of the library, and which others of it it may use: those that stand before it in its row, and no other. */
    private static final Map<String, List<String>> HOUSE = house(
            "model",
            "spi: model",
            "spi.store: model spi",
            "limits: model",
            "json: model .",
            "bundled: model spi spi.store",
            "internal.flow: model limits",
            "internal.engine.base: model spi spi.store limits",
            "internal.engine.events: model spi spi.store internal.engine.base",
            "internal.engine.commit: model spi spi.store internal.engine.base",
            "internal.engine.job: model spi spi.store internal.flow internal.engine.base",
            "internal.engine.dispatch: model spi spi.store internal.flow internal.engine.base internal.engine.job",
            "internal.engine.batch: model spi spi.store limits internal.flow internal.engine.base internal.engine.events"
                    + " internal.engine.commit internal.engine.job internal.engine.dispatch",
            "internal.engine.claim: model spi spi.store limits internal.flow internal.engine.base internal.engine.events"
                    + " internal.engine.commit internal.engine.job internal.engine.dispatch internal.engine.batch",
            "internal.engine: model spi spi.store limits internal.flow internal.engine.base internal.engine.events"
                    + " internal.engine.commit internal.engine.job internal.engine.dispatch internal.engine.batch"
                    + " internal.engine.claim",
            ".: model spi spi.store limits bundled internal.engine.base internal.engine",
            "jdbc: model spi spi.store",
            "documents: model spi documents.internal.json",
            "documents.internal.json: model",
            "documents.internal.reading: model spi documents",
            "documents.internal.markdown: model documents documents.internal.reading",
            "documents.internal.office: model spi documents documents.internal.reading",
            "documents.internal.pdf: model spi documents documents.internal.reading",
            "documents.parse: model spi documents documents.internal.json documents.internal.reading documents.internal.markdown documents.internal.office"
                    + " documents.internal.pdf",
            "documents.internal.pattern: model documents",
            "documents.internal.rows: model documents",
            "documents.internal.value: model documents documents.internal.pattern",
            "documents.extract: model spi documents documents.internal.json documents.internal.pattern documents.internal.rows documents.internal.value",
            "testkit: . model spi spi.store",
            "testkit.fault: model spi spi.store",
            "testkit.machine: . model spi",
            "testkit.invariant: model spi spi.store limits testkit.machine",
            "testkit.simulation: . model spi spi.store limits bundled testkit.fault testkit.invariant testkit.machine");

    @Test
    void each_package_of_the_library_has_its_place_and_uses_those_below_it_alone() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass user : ALL) {
            if (!user.getPackageName().startsWith("io.batchengine") || isOfProgram(user)) {
                continue;
            }
            Set<String> others = used.computeIfAbsent(user.getPackageName(), name -> new TreeSet<>());
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency ->
                            dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .filter(name -> name.startsWith("io.batchengine") && !name.equals(user.getPackageName()))
                    .forEach(others::add);
        }
        assertThat(used.keySet()).as("packages of the library").isEqualTo(HOUSE.keySet());
        used.forEach((name, others) ->
                assertThat(HOUSE.get(name)).as("what %s may use", name).containsAll(others));
    }

    private static Map<String, List<String>> house(String... rows) {
        Map<String, List<String>> house = new TreeMap<>();
        for (String row : rows) {
            String[] parts = row.split(": ?", 2);
            List<String> others = parts.length == 1
                    ? List.of()
                    : Stream.of(parts[1].split(" "))
                            .map(ArchitectureTest::named)
                            .toList();
            house.put(named(parts[0]), others);
        }
        return house;
    }

    private static String named(String name) {
        return name.equals(".") ? "io.batchengine" : "io.batchengine." + name;
    }

    private static boolean isOfProgram(JavaClass candidate) {
        return candidate.getPackageName().startsWith("io.batchengine.examples")
                || candidate.getPackageName().startsWith("io.batchengine.benchmarks");
    }

    @Test
    void no_knot_of_core_has_more_than_6_classes() {
        Map<String, Set<String>> uses = new HashMap<>();
        for (JavaClass user : ALL) {
            if (!isOfProgram(user)) {
                Set<String> others = uses.computeIfAbsent(outermost(user), name -> new HashSet<>());
                user.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(other -> other.getPackageName().startsWith("io.batchengine"))
                        .map(ArchitectureTest::outermost)
                        .forEach(others::add);
            }
        }
        List<Set<String>> knots = Knots.of(uses).stream()
                .filter(knot -> knot.size() > LARGEST_KNOT)
                .filter(knot -> knot.stream().anyMatch(CORE_CLASS.asMatchPredicate()))
                .toList();
        assertThat(uses).hasSizeGreaterThan(500);
        assertThat(knots).isEmpty();
    }

    private static String outermost(JavaClass inner) {
        return inner.getName().replaceFirst("[$].*", "");
    }

    @Test
    void no_two_types_share_a_simple_name() {
        Map<String, List<String>> bySimpleName = ALL.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .filter(DescribedPredicate.not(resideInAPackage("..jmh_generated..")))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getName, Collectors.toList())));
        bySimpleName.values().removeIf(types -> types.size() == 1);
        assertThat(bySimpleName).isEmpty();
    }

    @Test
    void the_spi_needs_the_jdk_alone() {
        String[] own = {"io.batchengine.model", "io.batchengine.spi", "io.batchengine.spi.store"};
        classes()
                .that()
                .resideInAnyPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(own, new String[] {"java..", "org.jspecify..", "org.apiguardian.."}))
                .check(ALL);
    }

    @Test
    void dependencies_point_towards_the_spi() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(with(TESTKIT, with(PROGRAMS, ADAPTERS)))
                .check(ALL);
        noClasses()
                .that()
                .resideInAnyPackage(with(TESTKIT, ADAPTERS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROGRAMS)
                .check(ALL);
        noClasses()
                .that()
                .resideInAnyPackage(ADAPTERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TESTKIT)
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("io.batchengine.jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.batchengine.documents..", "io.batchengine", "io.batchengine.bundled")
                .because("a store needs the SPI alone")
                .check(ALL);
    }

    @Test
    void users_of_the_library_stay_out_of_its_hidden_packages() {
        noClasses()
                .that()
                .resideInAnyPackage(with(TESTKIT, with(PROGRAMS, ADAPTERS)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.batchengine.internal..")
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.batchengine.documents..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.batchengine.documents.internal..")
                .check(ALL);
    }

    @Test
    void in_core_jackson_is_needed_by_the_json_package_alone() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .resideOutsideOfPackage("io.batchengine.json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml..", "io.batchengine.json")
                .check(ALL);
    }

    @Test
    void no_package_is_part_of_a_cycle() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                        return javaClass.getPackageName().startsWith("io.batchengine")
                                ? SliceIdentifier.of(javaClass.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(ALL);
    }

    @Test
    void every_package_says_that_null_is_the_exception() {
        Set<String> unmarked = ALL.stream()
                .filter(resideInAPackage("io.batchengine.."))
                .filter(DescribedPredicate.not(resideInAPackage("..jmh_generated..")))
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> p.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isEmpty())
                .map(p -> p.getName())
                .collect(Collectors.toSet());
        assertThat(unmarked).isEmpty();
    }

    @Test
    void only_a_programs_main_class_writes_to_the_standard_streams() {
        noClasses()
                .that(new DescribedPredicate<>("have no main method") {
                    @Override
                    public boolean test(JavaClass candidate) {
                        JavaClass outer = candidate;
                        while (outer.getEnclosingClass().isPresent()) {
                            outer = outer.getEnclosingClass().get();
                        }
                        return outer.tryGetMethod("main", String[].class).isEmpty();
                    }
                })
                .and()
                .doNotHaveFullyQualifiedName("io.batchengine.UnclosedWarning") // as the JVM ends, logging may be gone
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void nothing_is_serialised_by_java() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .check(ALL);
    }

    @Test
    void public_signatures_are_free_of_third_party_types() {
        classes()
                .that()
                .resideInAnyPackage(exportedPackages())
                .and()
                .arePublic()
                .should(haveSignaturesWithout(resideInAnyPackage(THIRD_PARTY)))
                .check(ALL);
    }

    private static String[] with(String[] some, String[] more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    private static ArchCondition<JavaClass> haveSignaturesWithout(DescribedPredicate<JavaClass> forbidden) {
        return new ArchCondition<>("have public signatures without third-party types") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                Stream<JavaClass> inCode = owner.getCodeUnits().stream()
                        .filter(unit -> isVisible(unit.getModifiers()))
                        .flatMap(ArchitectureTest::typesOf);
                Stream<JavaClass> inFields = owner.getFields().stream()
                        .filter(field -> isVisible(field.getModifiers()))
                        .map(JavaField::getType)
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream());
                Stream.concat(inCode, inFields)
                        .filter(forbidden)
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                owner, Text.format("%s shows %s", owner.getName(), type.getName()))));
            }
        };
    }

    private static Stream<JavaClass> typesOf(JavaCodeUnit unit) {
        return Stream.concat(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType()))
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** What the module descriptors of the published modules export. */
    private static String[] exportedPackages() {
        List<String> packages = ModuleFinder.of(folders().toArray(Path[]::new)).findAll().stream()
                .flatMap(module -> module.descriptor().exports().stream())
                .map(ModuleDescriptor.Exports::source)
                .toList();
        assertThat(packages).contains("io.batchengine", "io.batchengine.spi", "io.batchengine.documents.parse");
        return packages.toArray(String[]::new);
    }

    private static JavaClasses importAll() {
        return new ClassFileImporter().importPaths(folders());
    }

    private static List<Path> folders() {
        Path root = Path.of(System.getProperty("maven.multiModuleProjectDirectory"));
        return MODULES.stream()
                .map(module -> root.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }
}
