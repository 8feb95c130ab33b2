package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetReport.Duplicate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Pictures of the same bytes. */
final class Duplicates {

  private Duplicates() {}

  /** Those across splits first, then in the order of the files. */
  static List<Duplicate> among(List<ReadFile> files) {
    Map<String, List<Entry>> byContent =
        files.stream()
            .filter(ReadFile::isUsable)
            .collect(
                Collectors.groupingBy(
                    ReadFile::sha256,
                    LinkedHashMap::new,
                    Collectors.mapping(ReadFile::entry, Collectors.toList())));
    return byContent.values().stream()
        .filter(same -> same.size() > 1)
        .map(same -> new Duplicate(crosses(same), Excerpt.of(paths(same))))
        .sorted(Comparator.comparing(duplicate -> !duplicate.acrossSplits()))
        .toList();
  }

  private static boolean crosses(List<Entry> same) {
    List<String> splits =
        same.stream().map(Entry::split).filter(Objects::nonNull).distinct().toList();
    return splits.size() > 1 && splits.contains("train");
  }

  private static List<String> paths(List<Entry> same) {
    return same.stream().map(Entry::path).toList();
  }
}
