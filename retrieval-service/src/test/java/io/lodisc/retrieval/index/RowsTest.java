package io.lodisc.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.item.EmbeddedItem;
import io.lodisc.retrieval.item.ItemFacts;
import io.lodisc.retrieval.vector.Vectors;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final ItemFilter ALL = new ItemFilter(null, null, Map.of(), null, null);

  @Test
  void findsWhatSortingEverythingFinds() {
    List<EmbeddedItem> items = random(10_000, 7);
    float[] query = random(1, 8).getFirst().vector();
    List<String> expected =
        items.stream()
            .sorted(
                Comparator.comparingDouble((EmbeddedItem i) -> -Vectors.dot(query, i.vector(), 0))
                    .thenComparing(i -> i.facts().id()))
            .limit(50)
            .map(i -> i.facts().id())
            .toList();
    assertThat(ids(Rows.of(1, items), query, 50)).isEqualTo(expected);
  }

  @Test
  void breaksTiesById() {
    float[] one = {1, 0};
    Rows rows = Rows.of(1, List.of(item("c", one), item("a", one), item("b", one)));
    assertThat(ids(rows, one, 2)).containsExactly("a", "b");
  }

  @Test
  void growsAndShrinksWhileEarlierVersionsStay() {
    float[] one = {1, 0};
    Rows none = Rows.of(0, List.of());
    Rows first = none.plus(1, List.of(item("a", one), item("b", one)));
    Rows second = first.plus(2, List.of(item("c", one)));
    Rows third = second.plus(3, List.of(item("d", one)));
    Rows fourth = third.minus(4, "b");
    Rows fifth = fourth.plus(5, List.of(item("e", one)));
    assertThat(ids(none, one, 9)).isEmpty();
    assertThat(ids(first, one, 9)).containsExactly("a", "b");
    assertThat(ids(second, one, 9)).containsExactly("a", "b", "c");
    assertThat(ids(third, one, 9)).containsExactly("a", "b", "c", "d");
    assertThat(ids(fourth, one, 9)).containsExactly("a", "c", "d");
    assertThat(ids(fifth, one, 9)).containsExactly("a", "c", "d", "e");
    assertThat(fifth.version).isEqualTo(5);
  }

  private static List<String> ids(Rows rows, float[] query, int k) {
    return rows.nearest(query, k, ALL).stream().map(h -> h.item().id()).toList();
  }

  private static EmbeddedItem item(String id, float[] vector) {
    return new EmbeddedItem(new ItemFacts(id, null, null, Map.of(), "0"), vector);
  }

  private static List<EmbeddedItem> random(int count, int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              float[] vector = new float[17];
              for (int d = 0; d < vector.length; d++) {
                vector[d] = (float) random.nextGaussian();
              }
              return item("i" + i, Vectors.unit(vector));
            })
        .toList();
  }
}
