package io.lodisc.model.archive;

/**
 * A picture that is listed and is not there.
 *
 * @param path as it is listed
 * @param namedBy the place that lists it, such as {@code manifest.csv, line 3}
 */
public record MissingFile(String path, String namedBy) {}
