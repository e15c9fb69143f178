package dev.assay.report;

import dev.assay.decide.Comparison;
import dev.assay.decide.Comparison.Result;
import dev.assay.statistics.Verdict;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A comparison as JUnit XML: a test case per pair; slower fails, what cannot be run is an error, no answer is skipped. */
public final class ComparisonJUnit {
    private final XMLStreamWriter xml;

    private ComparisonJUnit(XMLStreamWriter xml) {
        this.xml = xml;
    }

    public static String of(Comparison comparison, boolean failOnInconclusive) {
        StringWriter text = new StringWriter();
        try {
            new ComparisonJUnit(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)).write(comparison,
                    failOnInconclusive);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    private void write(Comparison comparison, boolean failOnInconclusive) throws XMLStreamException {
        List<Result> deciding = comparison.results().stream().filter(Result::decides).toList();
        long undecided = comparison.with(Verdict.INCONCLUSIVE).size();
        long slower = comparison.with(Verdict.SLOWER).size();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "assay ab");
        xml.writeAttribute("tests", String.valueOf(deciding.size() + comparison.failures().size()
                + comparison.unreached().size()));
        xml.writeAttribute("failures", String.valueOf(slower + (failOnInconclusive ? undecided : 0)));
        xml.writeAttribute("errors", String.valueOf(comparison.failures().size()));
        xml.writeAttribute("skipped",
                String.valueOf((failOnInconclusive ? 0 : undecided) + comparison.unreached().size()));
        xml.writeAttribute("time", seconds(comparison.seconds()));
        for (Result result : deciding) {
            begin(result.name() + ", " + result.metric().name(), result.seconds());
            String says = "B / A " + ComparisonWords.ratio(result) + " (" + ComparisonWords.interval(result) + ")";
            switch (result.verdict()) {
                case SLOWER -> message("failure", "B is slower: " + says);
                case INCONCLUSIVE -> message(failOnInconclusive ? "failure" : "skipped",
                        "inconclusive: " + says + "; " + ComparisonWords.needed(result));
                case FASTER, EQUIVALENT -> {
                    xml.writeStartElement("system-out");
                    xml.writeCharacters(result.verdict().name().toLowerCase(Locale.ROOT) + ": " + says);
                    xml.writeEndElement();
                }
            }
            xml.writeEndElement();
        }
        for (Comparison.Missing missing : comparison.failures()) {
            begin(missing.name(), 0);
            message("error", missing.reason());
            xml.writeEndElement();
        }
        for (Comparison.Missing missing : comparison.unreached()) {
            begin(missing.name(), 0);
            message("skipped", missing.reason());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private void begin(String name, double seconds) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "assay.ab");
        xml.writeAttribute("name", clean(name));
        xml.writeAttribute("time", seconds(seconds));
    }

    private void message(String element, String says) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", clean(says));
        xml.writeEndElement();
    }

    /** XML 1.0 has no control characters, not even escaped. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
