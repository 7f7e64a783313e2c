package dev.weir.filter;

import dev.weir.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Filter} says about records that it has kept back. The handler writes it as a record of Weir's own, in its
 * place among the others; it is counted as {@code synthetic} and no filter is asked about it.
 *
 * @param logger name of the logger that the record is said to come from
 * @param level of the record
 * @param template the message, with {@code {}} for each argument
 * @param arguments what stands in their place
 * @param keyValues in the order of the map
 */
public record Summary(
        String logger, Level level, String template, List<Object> arguments, Map<String, @Nullable Object> keyValues) {}
