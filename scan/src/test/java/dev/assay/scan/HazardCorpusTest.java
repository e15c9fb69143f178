package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small classes, wrong and right side by side: every rule fires on its wrong ones and is silent on the right ones. */
class HazardCorpusTest {
    static List<HazardRule> rules() {
        return HazardRules.ALL;
    }

    private static List<Finding> findings(HazardRule rule, String example, Target target) throws IOException {
        Hazards hazards = new Hazards("corpus.jar", target);
        String prefix = rule.getClass().getSimpleName() + "$" + example;
        for (Path file : classFiles()) {
            String name = file.getFileName().toString();
            if (name.equals(prefix + ".class") || name.startsWith(prefix + "$")) {
                hazards.add("dev/assay/scan/corpus/" + name, Files.readAllBytes(file));
            }
        }
        // Alone, without the class around it, so that one example cannot help another.
        return hazards.finish().stream().filter(finding -> finding.rule().equals(rule.rule().id())).toList();
    }

    private static List<Path> classFiles() throws IOException {
        Path root = Path.of("target/test-classes/dev/assay/scan/corpus");
        try (Stream<Path> files = Files.list(root)) {
            return files.sorted().toList();
        }
    }

    private static List<String> examples(HazardRule rule, String kind) throws IOException {
        List<String> names = new ArrayList<>();
        String prefix = rule.getClass().getSimpleName() + "$" + kind;
        for (Path file : classFiles()) {
            String name = file.getFileName().toString().replace(".class", "");
            if (name.startsWith(prefix) && name.indexOf('$', prefix.length()) < 0) {
                names.add(name.substring(name.indexOf('$') + 1));
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_finds_every_wrong_example(HazardRule rule) throws IOException {
        List<String> wrong = examples(rule, "Wrong");
        assertThat(wrong).as("wrong examples of %s", rule.rule().id()).hasSizeGreaterThanOrEqualTo(2);
        for (String example : wrong) {
            assertThat(findings(rule, example, Target.LINUX_AARCH64)).as(example).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_is_silent_on_every_right_example(HazardRule rule) throws IOException {
        List<String> right = examples(rule, "Right");
        assertThat(right).as("right examples of %s", rule.rule().id()).hasSizeGreaterThanOrEqualTo(2);
        for (String example : right) {
            assertThat(findings(rule, example, Target.LINUX_AARCH64)).as(example)
                    .allMatch(finding -> finding.confidence() == Confidence.LOW && !finding.counts());
        }
    }

    @Test
    void the_corpus_has_at_least_sixty_classes() throws IOException {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (HazardRule rule : HazardRules.ALL) {
            counts.put(rule.rule().id(), examples(rule, "Wrong").size() + examples(rule, "Right").size());
        }
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).as(counts.toString())
                .isGreaterThanOrEqualTo(60);
    }

    @Test
    void byte_order_is_a_warning_only_where_it_differs() throws IOException {
        HazardRule rule = new NativeByteOrder();
        assertThat(findings(rule, "WrongBuffer", Target.LINUX_AARCH64)).extracting(Finding::severity)
                .containsOnly(Severity.NOTE);
        assertThat(findings(rule, "WrongBuffer", Target.LINUX_S390X)).extracting(Finding::severity)
                .containsOnly(Severity.WARNING);
    }

    @Test
    void a_variadic_call_is_a_warning_only_on_apples_abi() throws IOException {
        HazardRule rule = new ForeignAbi();
        assertThat(findings(rule, "WrongVariadic", Target.MACOS_AARCH64)).extracting(Finding::severity)
                .containsOnly(Severity.WARNING);
        assertThat(findings(rule, "WrongVariadic", Target.LINUX_AARCH64)).extracting(Finding::severity)
                .containsOnly(Severity.NOTE);
    }

    /** Without a bound, the paths through this method would be followed some 10^10 steps far. */
    @Test
    void a_method_made_of_tests_and_writes_does_not_hold_up_the_scan() {
        ClassDesc crafted = ClassDesc.of("Crafted");
        byte[] bytes = ClassFile.of().build(crafted, builder -> builder
                .withField("it", ConstantDescs.CD_Object, ClassFile.ACC_STATIC)
                .withMethodBody("all", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_STATIC, code -> {
                    for (int i = 0; i < 2000; i++) {
                        Label end = code.newLabel();
                        code.getstatic(crafted, "it", ConstantDescs.CD_Object).ifnonnull(end);
                        code.ldc("lock").monitorenter().getstatic(crafted, "it", ConstantDescs.CD_Object)
                                .putstatic(crafted, "it", ConstantDescs.CD_Object).labelBinding(end);
                    }
                    code.return_();
                }));
        Hazards hazards = new Hazards("crafted.jar", Target.LINUX_AARCH64);
        hazards.add("Crafted.class", bytes);
        assertThat(hazards.finish()).extracting(Finding::rule).doesNotContain("input.unreadable");
    }

    /** Three changed bytes anywhere in a class of the corpus: the rules see code that no compiler writes. */
    @Property(tries = 2000)
    void a_class_file_with_changed_bytes_is_unreadable_or_judged(@ForAll @IntRange(max = 1_000_000) int which,
            @ForAll @Size(3) List<@IntRange(max = 1_000_000) Integer> where, @ForAll byte with) throws IOException {
        List<byte[]> classes = Corpus.CLASSES;
        byte[] bytes = classes.get(which % classes.size()).clone();
        for (int at : where) {
            bytes[at % bytes.length] ^= with;
        }
        Hazards hazards = new Hazards("changed.jar", Target.LINUX_AARCH64);
        hazards.add("Changed.class", bytes);
        assertThat(hazards.finish()).allSatisfy(finding -> assertThat(finding.says()).isNotBlank());
    }

    private static final class Corpus {
        private static final List<byte[]> CLASSES = new ArrayList<>();

        static {
            try {
                for (Path file : classFiles()) {
                    CLASSES.add(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_class_file_cut_anywhere_is_said_to_be_unreadable_or_read() throws IOException {
        byte[] whole;
        try (InputStream stream = HazardCorpusTest.class.getResourceAsStream("HazardCorpusTest.class")) {
            whole = stream.readAllBytes();
        }
        for (int length = 0; length < whole.length; length += 97) {
            Hazards hazards = new Hazards("cut.jar", Target.LINUX_AARCH64);
            hazards.add("Cut.class", java.util.Arrays.copyOf(whole, length));
            assertThat(hazards.finish()).as("cut at %d", length).extracting(Finding::rule).contains("input.unreadable");
        }
    }
}
