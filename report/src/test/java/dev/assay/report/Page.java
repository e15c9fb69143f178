package dev.assay.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page as a tree; reading it fails unless it is well-formed. */
final class Page {
    private final Document document;

    Page(String html) {
        try {
            // Without the HTML doctype, which is no XML doctype.
            String xml = html.substring(html.indexOf("<html"));
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError("the page is not well-formed: " + e.getMessage(), e);
        }
    }

    List<Element> all(String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    List<Element> ofClass(String tag, String name) {
        return all(tag).stream().filter(e -> List.of(e.getAttribute("class").split(" ")).contains(name)).toList();
    }

    Element byId(String id) {
        return all("*").stream().filter(e -> e.getAttribute("id").equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError("nothing has the id " + id));
    }

    String text() {
        return document.getDocumentElement().getTextContent();
    }
}
