package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetReport.Duplicate;
import io.lodisc.model.dataset.DatasetReport.LonelyLabel;
import io.lodisc.model.dataset.DatasetReport.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Puts together what is told of a data set. */
final class Reporting {

  private static final String NO_SPLIT = "none";

  private Reporting() {}

  static DatasetReport on(Listing listing, List<ReadFile> files, List<Unreadable> unreadable) {
    List<Duplicate> duplicates = Duplicates.among(files);
    int across = (int) duplicates.stream().filter(Duplicate::acrossSplits).count();
    List<LonelyLabel> lonely = LonelyLabels.among(usable(files));
    List<String> warnings = new ArrayList<>(listing.notes());
    listing.counts().stream()
        .filter(count -> !count.isRight())
        .forEach(count -> warnings.add("Not as published: %s.".formatted(count)));
    warn(warnings, "Pictures that cannot be read and are left out", unreadable.size());
    warn(warnings, "Listed files that are not there", listing.missing().size());
    warn(
        warnings,
        "Pictures that are in train and, byte for byte, in another split, so that what is measured"
            + " there is too good",
        across);
    warn(warnings, "Labels that are in one split only", lonely.size());
    return new DatasetReport(
        listing.layout(),
        bySplit(listing.entries()),
        classes(listing.entries()),
        listing.counts(),
        Excerpt.of(unreadable),
        Excerpt.of(listing.missing()),
        Excerpt.of(duplicates),
        across,
        Excerpt.of(lonely),
        List.copyOf(warnings));
  }

  private static List<Entry> usable(List<ReadFile> files) {
    return files.stream().filter(ReadFile::isUsable).map(ReadFile::entry).toList();
  }

  private static void warn(List<String> warnings, String what, int count) {
    if (count > 0) {
      warnings.add("%s: %d.".formatted(what, count));
    }
  }

  private static Map<String, Integer> bySplit(List<Entry> entries) {
    Map<String, Integer> counts = new TreeMap<>();
    entries.forEach(
        e -> counts.merge(Objects.requireNonNullElse(e.split(), NO_SPLIT), 1, Integer::sum));
    return counts;
  }

  private static int classes(List<Entry> entries) {
    return (int) entries.stream().map(Entry::label).filter(Objects::nonNull).distinct().count();
  }
}
