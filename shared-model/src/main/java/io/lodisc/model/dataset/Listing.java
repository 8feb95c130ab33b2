package io.lodisc.model.dataset;

import io.lodisc.model.archive.MissingFile;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.util.List;

/**
 * The pictures of a data set, listed, not yet read.
 *
 * @param layout the one that was named or recognised
 * @param entries the pictures that are there, sorted by path
 * @param missing those that are listed and are not there
 * @param counts the published numbers beside those of the entries
 * @param notes what a user of results must know
 */
public record Listing(
    String layout,
    List<Entry> entries,
    List<MissingFile> missing,
    List<Count> counts,
    List<String> notes) {}
