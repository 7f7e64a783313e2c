package dev.weir.config;

import dev.weir.PipelineBuilder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A configuration that has been read: a file, what its profiles make of it, and what a builder was told of both.
 *
 * @param name of the file, or of what names the profiles if there is none
 * @param reading has the problems and the warnings
 * @param said what the document says besides; null if it could not be read at all
 */
record Configured(String name, Reading reading, Document.@Nullable Said said) {
    /** What is read, and with what. */
    record Source(ConfigurationFinder finder, Profiles profiles, Variables variables, ClassLoader types, Pod pod) {}

    /**
     * Reads it all.
     *
     * @param file null if there is none: then it is what the profiles say
     * @param builder gets what is said; if there are problems, a part of it
     */
    static Configured read(@Nullable ConfigurationFile file, Source source, PipelineBuilder builder) {
        String name = file == null ? source.profiles.by() : file.name();
        Reading reading = new Reading(name, source.variables);
        Node document = file == null ? null : YamlText.compose(file, reading);
        if (document == null && reading.reports() > 0) {
            return new Configured(name, reading, null);
        }
        Node merged = source.profiles.merged(document, file, source.finder, reading);
        boolean alone = source.profiles.isEmpty()
                && (document == null || Mapping.of(document).get(Profiles.KEY) == null);
        Document.Said said = Document.read(merged, reading, builder, source.types, alone);
        if (!source.profiles.contains(ReadyMade.KUBERNETES)) {
            source.pod.warn(merged, reading);
        }
        return new Configured(name, reading, said);
    }

    List<String> problems() {
        return reading.problems();
    }

    /** What leads to a reload; null if it is not usable. */
    @Nullable
    Set<Trigger> triggers() {
        return said == null || reading.reports() > 0 ? null : said.triggers();
    }
}
