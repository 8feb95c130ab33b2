package io.lodisc.model.metrics;

import io.lodisc.model.metrics.Retrieval.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be found. Items are in the order of their ids, so equal scores rank by index. */
final class Gallery {

  private static final int NONE = -1;

  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<String, List<Integer>> byLabel = new HashMap<>();
  private final Map<String, Integer> groupCodes = new HashMap<>();
  private final Columns columns;
  private final int[] groups;
  private final boolean acrossGroups;

  Gallery(List<Item> gallery, boolean acrossGroups) {
    this.acrossGroups = acrossGroups;
    this.groups = new int[gallery.size()];
    List<Item> items = gallery.stream().sorted(Comparator.comparing(Item::id)).toList();
    for (int i = 0; i < groups.length; i++) {
      add(i, items.get(i));
    }
    this.columns = new Columns(items.stream().map(Item::vector).toArray(float[][]::new));
  }

  private void add(int i, Item item) {
    if (byId.put(item.id(), i) != null) {
      throw new IllegalArgumentException("the gallery has the id '%s' twice".formatted(item.id()));
    }
    if (item.label() != null) {
      byLabel.computeIfAbsent(item.label(), label -> new ArrayList<>()).add(i);
    }
    groups[i] = item.group() == null ? NONE : code(item.group());
  }

  private int code(String group) {
    Integer code = groupCodes.putIfAbsent(group, groupCodes.size());
    return code == null ? groupCodes.size() - 1 : code;
  }

  /**
   * The ranks, from 1, of the items that share the query's label, ascending.
   *
   * <p>No full sort: each other item is placed among the relevant ones, and counted there.
   */
  int[] ranks(Item query) {
    boolean[] candidates = candidates(query);
    List<Integer> sameLabel =
        byLabel.getOrDefault(query.label(), List.of()).stream().filter(i -> candidates[i]).toList();
    if (sameLabel.isEmpty()) {
      return new int[0];
    }
    float[] scores = columns.dot(query.vector());
    int[] relevant = bestFirst(sameLabel, scores);
    for (int i : relevant) {
      candidates[i] = false;
    }
    int[] others = new int[relevant.length + 1];
    for (int i = 0; i < scores.length; i++) {
      if (candidates[i]) {
        others[ahead(i, relevant, scores)]++;
      }
    }
    int[] ranks = new int[relevant.length];
    int passed = 0;
    for (int i = 0; i < ranks.length; i++) {
      passed += others[i];
      ranks[i] = passed + i + 1;
    }
    return ranks;
  }

  /** All but the query's own picture and, across groups, all of its group. */
  private boolean[] candidates(Item query) {
    int group = acrossGroups ? groupCodes.getOrDefault(query.group(), NONE) : NONE;
    boolean[] candidates = new boolean[groups.length];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = group == NONE || groups[i] != group;
    }
    Integer own = byId.get(query.id());
    if (own != null) {
      candidates[own] = false;
    }
    return candidates;
  }

  private static int[] bestFirst(List<Integer> indices, float[] scores) {
    return indices.stream()
        .sorted((a, b) -> isAhead(a, b, scores) ? -1 : 1)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How many of the relevant items rank ahead of item i. */
  private static int ahead(int i, int[] relevant, float[] scores) {
    int low = 0;
    int high = relevant.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isAhead(relevant[middle], i, scores)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isAhead(int a, int b, float[] scores) {
    return scores[a] > scores[b] || scores[a] == scores[b] && a < b;
  }
}
