package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws train and test from each class in proportion. Which pictures are test follows from the seed
 * and their paths alone; how many, by largest remainders, so that the whole has the share as nearly
 * as can be and each class to within one picture. A class of two or more is in both.
 */
final class StratifiedSplit {

  private StratifiedSplit() {}

  /** The entries with their split; one without a label gets none. */
  static List<Entry> draw(List<Entry> entries, LayoutOptions options) {
    Map<String, List<Entry>> classes =
        entries.stream()
            .filter(e -> e.label() != null)
            .collect(Collectors.groupingBy(Entry::label, TreeMap::new, Collectors.toList()));
    Map<String, Integer> sizes = new TreeMap<>();
    classes.forEach((label, members) -> sizes.put(label, members.size()));
    Map<String, Integer> quotas = quotas(sizes, options.testShare());

    Set<String> test = new HashSet<>();
    classes.forEach(
        (label, members) ->
            members.stream()
                .map(Entry::path)
                .sorted(Comparator.comparing(path -> rank(options.seed(), path)))
                .limit(quotas.get(label))
                .forEach(test::add));
    return entries.stream()
        .map(e -> e.label() == null ? e : in(test.contains(e.path()) ? "test" : "train", e))
        .toList();
  }

  /** How many of each class are test. */
  static Map<String, Integer> quotas(Map<String, Integer> sizes, double share) {
    Map<String, Integer> quotas = new TreeMap<>();
    sizes.forEach(
        (label, size) ->
            quotas.put(label, Math.clamp((int) (size * share), Math.min(1, size - 1), size - 1)));
    long target = Math.round(sizes.values().stream().mapToInt(Integer::intValue).sum() * share);
    List<String> byRemainder = new ArrayList<>(sizes.keySet());
    byRemainder.sort(
        Comparator.comparingDouble((String label) -> quotas.get(label) - sizes.get(label) * share));
    long left = target - quotas.values().stream().mapToInt(Integer::intValue).sum();
    for (String label : byRemainder) {
      if (left > 0 && quotas.get(label) < sizes.get(label) - 1) {
        quotas.merge(label, 1, Integer::sum);
        left--;
      }
    }
    return quotas;
  }

  private static String rank(long seed, String path) {
    return Sha256.of((seed + "/" + path).getBytes(StandardCharsets.UTF_8));
  }

  private static Entry in(String split, Entry e) {
    return new Entry(e.file(), e.path(), e.id(), e.label(), e.group(), split, e.metadata());
  }
}
