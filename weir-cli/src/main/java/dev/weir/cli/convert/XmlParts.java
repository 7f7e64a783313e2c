package dev.weir.cli.convert;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML as parts. Nothing is fetched and nothing is expanded, whatever the file says: a DOCTYPE is passed over unread, a
 * reference to an entity of its own is an error, XInclude does not exist, and size and depth are limited.
 */
final class XmlParts {
    private static final String LOG4J_1 = "log4j";

    private final Limits limits = new Limits();
    private final Deque<Part> open = new ArrayDeque<>();
    private @Nullable Part root;

    private XmlParts() {}

    /**
     * Reads a document.
     *
     * @return its root element
     * @throws InputException if it is not well-formed, or more than is read
     */
    static Part read(byte[] bytes) throws InputException {
        XmlParts parts = new XmlParts();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (reader.hasNext()) {
                parts.next(reader, reader.next());
            }
            reader.close();
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : Math.max(e.getLocation().getLineNumber(), 0);
            throw new InputException(line, "not well-formed XML: " + firstLine(e));
        }
        if (parts.root == null) {
            throw new InputException(0, "no element in it (expected: a configuration)");
        }
        return parts.root;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside of the file is read: " + systemId);
        });
        return factory;
    }

    /** The JDK's messages repeat where they are, on a line of its own. */
    private static String firstLine(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        return Part.shortened(at < 0 ? message : message.substring(at + "Message: ".length()));
    }

    private void next(XMLStreamReader reader, int event) throws InputException {
        int line = reader.getLocation().getLineNumber();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader, line);
            case XMLStreamConstants.END_ELEMENT -> open.pop();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                if (!open.isEmpty()) {
                    open.peek().append(reader.getText());
                }
            }
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new InputException(
                        line, "the entity &" + reader.getLocalName() + "; (expected: none of its own)");
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> instruction(reader, line);
            default -> {} // comments, the DOCTYPE, the end: they configure nothing
        }
    }

    private void start(XMLStreamReader reader, int line) throws InputException {
        Part element = limits.count(new Part(Part.Kind.ELEMENT, name(reader), line), open.size());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            Part attribute = new Part(Part.Kind.ATTRIBUTE, reader.getAttributeLocalName(i), line);
            attribute.append(reader.getAttributeValue(i));
            element.add(limits.count(attribute, open.size()));
            if (isOfTheSchema(reader.getAttributeNamespace(i))) {
                attribute.takeWhole();
            }
        }
        if (open.isEmpty()) {
            root = element;
        } else {
            open.peek().add(element);
        }
        open.push(element);
    }

    /** Log4j 1 is told by its prefix alone. */
    private static String name(XMLStreamReader reader) {
        return LOG4J_1.equals(reader.getPrefix()) ? LOG4J_1 + ':' + reader.getLocalName() : reader.getLocalName();
    }

    /** Where a schema is says nothing to the program that is configured. */
    private static boolean isOfTheSchema(@Nullable String namespace) {
        return "http://www.w3.org/2001/XMLSchema-instance".equals(namespace);
    }

    private void instruction(XMLStreamReader reader, int line) throws InputException {
        if (!open.isEmpty()) {
            Part part = limits.count(new Part(Part.Kind.ELEMENT, "?" + reader.getPITarget(), line), open.size());
            part.append(String.valueOf(reader.getPIData()));
            open.peek().add(part);
        }
    }
}
