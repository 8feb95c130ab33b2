package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetReport.LonelyLabel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Labels that are in one split only, where there is more than one. */
final class LonelyLabels {

  private LonelyLabels() {}

  static List<LonelyLabel> among(List<Entry> entries) {
    Map<String, Set<String>> splits = new TreeMap<>();
    Set<String> all = new TreeSet<>();
    for (Entry entry : entries) {
      if (entry.label() != null && entry.split() != null) {
        splits.computeIfAbsent(entry.label(), label -> new TreeSet<>()).add(entry.split());
        all.add(entry.split());
      }
    }
    if (all.size() < 2) {
      return List.of();
    }
    return splits.entrySet().stream()
        .filter(label -> label.getValue().size() == 1)
        .map(label -> new LonelyLabel(label.getKey(), label.getValue().iterator().next()))
        .toList();
  }
}
