package io.lodisc.model.archive;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.util.List;

/** What a layout lists: the pictures that are there, and those that are not. */
public record Contents(List<Entry> entries, List<MissingFile> missing) {}
