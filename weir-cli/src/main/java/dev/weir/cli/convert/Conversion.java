package dev.weir.cli.convert;

/**
 * A file that was converted.
 *
 * @param source what it was, for people
 * @param yaml the {@code weir.yaml}
 * @param missing how many things of the file meant something that the result does not have; comments tell of each
 */
public record Conversion(String source, String yaml, int missing) {}
