package io.lodisc.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {

  @Test
  void theDefaultGivesThePapersTotalsOnAnyClassesOfSoMany() {
    Map<String, Integer> sizes = new TreeMap<>();
    Random random = new Random(5);
    int left = 9145;
    for (int i = 0; i < 101; i++) {
      int size = 31 + random.nextInt(88);
      sizes.put("class-" + i, size);
      left -= size;
    }
    sizes.put("BACKGROUND_Google", left);

    Map<String, Integer> quotas = StratifiedSplit.quotas(sizes, LayoutOptions.DEFAULT.testShare());

    assertThat(quotas.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2323);
    quotas.forEach(
        (label, quota) ->
            assertThat(quota - sizes.get(label) * 2323 / 9145.0).isBetween(-1.0, 1.0));
  }

  @Test
  void aClassOfTwoOrMoreIsInBothSplits() {
    assertThat(StratifiedSplit.quotas(Map.of("a", 1, "b", 2, "c", 3, "d", 4), 0.1))
        .containsExactly(entry("a", 0), entry("b", 1), entry("c", 1), entry("d", 1));
    assertThat(StratifiedSplit.quotas(Map.of("a", 1, "b", 2, "c", 3, "d", 4), 0.99))
        .containsExactly(entry("a", 0), entry("b", 1), entry("c", 2), entry("d", 3));
  }

  @Test
  void followsFromTheSeedAndThePathsAlone() {
    List<Entry> entries = entries(40, 30);
    List<Entry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, new Random(1));
    LayoutOptions options = new LayoutOptions(3, 0.25);

    Set<String> test = test(StratifiedSplit.draw(entries, options));

    assertThat(test(StratifiedSplit.draw(shuffled, options))).isEqualTo(test);
    assertThat(test).hasSize(18);
    assertThat(test(StratifiedSplit.draw(entries, new LayoutOptions(4, 0.25))))
        .hasSize(18)
        .isNotEqualTo(test);
  }

  @Test
  void aShareLeavesSomethingOnBothSides() {
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> new LayoutOptions(0, share))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Set<String> test(List<Entry> drawn) {
    return drawn.stream()
        .filter(e -> e.split().equals("test"))
        .map(Entry::path)
        .collect(Collectors.toSet());
  }

  private static List<Entry> entries(int... sizes) {
    List<Entry> entries = new ArrayList<>();
    for (int label = 0; label < sizes.length; label++) {
      for (int i = 0; i < sizes[label]; i++) {
        String path = label + "/" + i + ".jpg";
        entries.add(
            new Entry(Path.of(path), path, path, String.valueOf(label), null, null, Map.of()));
      }
    }
    return entries;
  }
}
