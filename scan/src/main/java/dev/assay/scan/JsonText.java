package dev.assay.scan;

import java.io.Writer;
import java.util.Collection;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON as nested calls, so that what is opened is closed. It streams: reports of whole repositories are long, and binding
 * objects costs a tenth of a second at every start.
 */
final class JsonText implements AutoCloseable {
    private final JsonGenerator json;

    /** The writer stays open. */
    JsonText(Writer out) {
        PrettyPrinter printer = new DefaultPrettyPrinter();
        json = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build()
                .createGenerator(new ObjectWriteContext.Base() {
                    @Override
                    public PrettyPrinter getPrettyPrinter() {
                        return printer;
                    }
                }, out);
    }

    /** The whole, or an element of an array. */
    void object(Runnable members) {
        json.writeStartObject();
        members.run();
        json.writeEndObject();
    }

    void object(String name, Runnable members) {
        json.writeName(name);
        object(members);
    }

    /** An object for every element. */
    <T> void objects(String name, Collection<T> elements, Consumer<T> members) {
        json.writeArrayPropertyStart(name);
        elements.forEach(element -> object(() -> members.accept(element)));
        json.writeEndArray();
    }

    /** Name and value by turns. */
    void strings(String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.writeStringProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    void number(String name, long value) {
        json.writeNumberProperty(name, value);
    }

    @Override
    public void close() {
        json.close();
    }
}
