package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class CompatibilityCheckTest {
    private static CompatibilityCheck.Report check(String object) {
        return CompatibilityCheck.check(Subjects.object(object), Subjects.kernel());
    }

    @Test
    void whatFitsIsResolvedAndLoads() {
        var report = check("fits.el.o");
        assertThat(report.loads()).isTrue();
        assertThat(report.relocations()).hasSize(4).allMatch(r -> r.status() == Explanation.Status.RESOLVED);
        Explanation pid = report.relocations().getFirst();
        assertThat(pid.path()).isEqualTo("task_struct.pid");
        assertThat(pid.expected().offsetBits()).isZero();
        assertThat(pid.found().orElseThrow().offsetBits()).isEqualTo(320);
        assertThat(pid.found().orElseThrow().type()).isEqualTo("pid_t");
        assertThat(pid.source().orElseThrow()).contains("fits.c:");
    }

    @Test
    void anEightByteReadOfAFourByteFieldIsToldToGlueItsNeighbour() {
        var report = check("glued.el.o");
        assertThat(report.loads()).isTrue();
        Explanation only = report.relocations().getFirst();
        assertThat(only.status()).isEqualTo(Explanation.Status.WARNING);
        assertThat(only.expected().sizeBits()).isEqualTo(64);
        assertThat(only.found().orElseThrow().sizeBits()).isEqualTo(32);
        assertThat(only.says()).contains("glued together with tgid");
    }

    @Test
    void aRenamedFieldNamesTheNearestAndAGuardedOneDoesNotPreventLoading() {
        var report = check("renamed.el.o");
        assertThat(report.loads()).isFalse();
        assertThat(report.relocations()).extracting(Explanation::kind, r -> r.status().word(), Explanation::reachable,
                Explanation::prevents, r -> r.nearest().orElse("")).containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "field_exists", "resolved", true, false, "thread_info.cpu"),
                        org.assertj.core.groups.Tuple
                                .tuple("field_byte_offset", "missing", false, false, "thread_info.cpu"),
                        org.assertj.core.groups.Tuple.tuple("field_byte_offset", "missing", true, true, "__state"));
    }

    @Test
    void anotherShapeIsAMismatchAndAnotherSpellingIsMissing() {
        var report = check("changed.el.o");
        assertThat(report.loads()).isFalse();
        assertThat(report.relocations()).extracting(r -> r.status().word()).containsExactly("mismatch", "missing");
        assertThat(report.relocations().get(0).says()).contains("int").contains("struct list_head *");
        assertThat(report.relocations().get(0).found().orElseThrow().type()).isEqualTo("struct list_head *");
        assertThat(report.relocations().get(1).nearest()).contains("task_struct");
    }

    @Test
    void bothByteOrdersOfOneSourceGiveTheSameExplanations() {
        Btf big = new Btf("big kernel", BtfWriter.write(Subjects.kernel(), ByteOrder.BIG_ENDIAN), null);
        var little = check("fits.el.o");
        var other = CompatibilityCheck.check(Subjects.object("fits.eb.o"), big);
        assertThat(other.loads()).isTrue();
        assertThat(other.relocations()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("instruction")
                .isEqualTo(
                        little.relocations());
        assertThat(CompatibilityCheck.check(Subjects.object("fits.eb.o"), Subjects.kernel()).problems()).anyMatch(
                p -> p.contains("big-endian"));
    }

    @Test
    void twoTypesThatDisagreeAreAmbiguousAndTwoThatAgreeAreNot() {
        assertThat(twice(0).relocations()).extracting(Explanation::status).containsOnly(Explanation.Status.RESOLVED);
        var disagree = twice(32);
        assertThat(disagree.loads()).isFalse();
        assertThat(disagree.relocations().getFirst().status()).isEqualTo(Explanation.Status.AMBIGUOUS);
    }

    /** A kernel with task_struct and a flavour of it, whose fields lie {@code shift} bits further. */
    private static CompatibilityCheck.Report twice(int shift) {
        BtfWriter writer = new BtfWriter();
        int int32 = writer.integer("int", 4, true);
        int comm = writer.array(writer.integer("char", 1, true), int32, 16);
        for (String name : new String[]{"task_struct", "task_struct___2"}) {
            int moved = name.endsWith("2") ? shift : 0;
            writer.composite(Kind.STRUCT, name, 32, Subjects.at("pid", int32, moved), Subjects.at("tgid", int32, 32
                    + moved), Subjects.at("comm", comm, 64 + moved));
        }
        return CompatibilityCheck.check(Subjects.object("fits.el.o"), new Btf("two", writer.bytes(
                ByteOrder.LITTLE_ENDIAN), null));
    }
}
