package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.litmus.Answer;
import dev.assay.litmus.JavaLevel;
import dev.assay.litmus.JavaMix;
import dev.assay.litmus.JavaObservation;
import dev.assay.litmus.LitmusParser;
import dev.assay.litmus.ModelChecker;
import dev.assay.litmus.ObservedTest;
import dev.assay.litmus.ObservedTest.Outcome;
import dev.assay.litmus.RunDoubt;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LitmusReportTest {
    private static final String SB = """
            X86_64 SB<&>
            { }
             P0          | P1          ;
             movl $1,(x) | movl $1,(y) ;
             movl (y),%eax | movl (x),%eax ;
            exists (0:rax=0 /\\ 1:rax=0)
            """;

    private static Answer answer(String text) {
        return new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, true))
                .decide(LitmusParser.parse("test", text));
    }

    /** The page as XML, which it is as well as HTML. */
    private static Document parsed(String page) throws Exception {
        assertThat(page).doesNotContain("<script").contains("default-src");
        String xml = page.replaceFirst("<!DOCTYPE html>", "");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static int count(Document page, String tag) {
        NodeList found = page.getElementsByTagName(tag);
        return found.getLength();
    }

    private static ObservedTest observed(long forbidden) {
        return new ObservedTest("SB<&>", "X86_64", "x86-tso", "exists (0:rax=0 /\\ 1:rax=0)", 100, 1.5,
                List.of(new Outcome("0:rax=0; 1:rax=0", 60, true, true),
                        new Outcome("0:rax=1; 1:rax=1", 40 - forbidden, true, false),
                        new Outcome("0:rax=7; 1:rax=1", forbidden, false, false)),
                List.of(new RunDoubt("CROWDED", "too many threads", "use a bigger machine")), "", SB,
                Optional.empty());
    }

    @Test
    void whatTheModelSaysIsTableAndDrawing() throws Exception {
        Document page = parsed(LitmusReport.allowed(List.of(answer(SB))));
        assertThat(count(page, "img")).isEqualTo(1);
        assertThat(page.getDocumentElement().getTextContent()).contains("SB<&>").contains("0:rax=1; 1:rax=1")
                .contains("allowed").contains("model x86-tso");
    }

    @Test
    void modelAndObservationStandSideBySide() throws Exception {
        String text = LitmusReport.observed(List.of(observed(0)), Map.of("SB<&>", answer(SB)));
        assertThat(parsed(text).getDocumentElement().getTextContent()).contains("60").contains("Too many threads.")
                .contains("Remedy: Use a bigger machine.").doesNotContain("forbidden outcome seen");
        assertThat(text).contains("--share:60.00%");
    }

    @Test
    void aForbiddenOutcomeThatWasSeenStandsOut() throws Exception {
        String text = LitmusReport.observed(List.of(observed(3)), Map.of());
        assertThat(parsed(text).getDocumentElement().getTextContent()).contains("forbidden outcome seen");
        assertThat(text).contains("chip failed");
    }

    @Test
    void javaTestsShowEachMix() throws Exception {
        JavaMix mix = new JavaMix(List.of(JavaLevel.C1, JavaLevel.C2), 0);
        JavaObservation test = new JavaObservation(observed(0), List.of(new JavaObservation.Seen(mix, mix.actors(), 50,
                0.5, Map.of("0:rax=0; 1:rax=0", 25L), "", Optional.empty())));
        assertThat(parsed(LitmusReport.java(List.of(test), Map.of())).getDocumentElement().getTextContent())
                .contains("C1 | C2").contains("50.000");
    }

    @Test
    void tearingIsAMapWithACellForEachAccess() throws Exception {
        String row = """
                {"memory":"direct buffer","bits":64,"mode":"plain","place":"%s","offset":%d,"code":"compiled",
                "verdict":"%s","tries":1000,"torn":%d}""";
        String json = "{\"schema\":\"assay.tearing/1\",\"architecture\":\"amd64\",\"rows\":["
                + String.join(",", row.formatted("aligned", 0, "not seen to tear", 0),
                        row.formatted("across a line", 60, "tears", 10),
                        row.formatted("across a page", 4092, "throws", 0))
                + "],\"mixed\":[{\"stores\":\"32-bit\",\"loads\":1000,\"halvesDiffer\":17,\"partOfAStore\":0}],"
                + "\"doubts\":[]}";
        Document page = parsed(LitmusReport.tearing(json));
        String text = page.getDocumentElement().getTextContent();
        assertThat(text).contains("Of 3 accesses 1 were not seen to tear, 1 tear, 1 throw, 0 trap")
                .contains("across a line, offset 60: tears, 10 torn of 1,000 loads").contains("No aligned access");
        assertThat(text).contains("-4").contains("17");
    }
}
