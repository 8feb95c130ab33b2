package io.lodisc.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.metrics.Retrieval.Item;
import io.lodisc.model.metrics.Retrieval.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Vectors are points on the unit circle, given by their angle in degrees. */
class RetrievalTest {

  private static final Offset<Double> EXACTLY = within(1e-12);

  @Test
  void ranksByCosine() {
    // From 0 degrees: b(x) 10, c(y) 20, d(x) 30, e(y) 40. Relevant at ranks 1 and 3.
    List<Item> gallery =
        List.of(at("a", "x", 0), at("b", "x", 10), at("c", "y", 20), at("d", "x", 30));

    Result result = Retrieval.evaluate(List.of(at("a", "x", 0)), gallery, List.of(1, 5), false);

    assertThat(result.rankK()).containsExactly(Map.entry(1, 1.0), Map.entry(5, 1.0));
    assertThat(result.meanAveragePrecision()).isCloseTo((1 + 2 / 3.0) / 2, EXACTLY);
    assertThat(result.queries()).isEqualTo(1);
    assertThat(result.gallery()).isEqualTo(4);
  }

  @Test
  void meansOverAllQueries() {
    // a(x) 0, b(y) 10, c(x) 25, d(y) 60. Nearest first:
    // a: b c d -> c at 2; b: a c d -> d at 3; c: b a d -> a at 2; d: c b a -> b at 2.
    List<Item> items =
        List.of(at("a", "x", 0), at("b", "y", 10), at("c", "x", 25), at("d", "y", 60));

    Result result = Retrieval.evaluate(items, items, List.of(1, 2, 3), false);

    assertThat(result.rankK())
        .containsExactly(Map.entry(1, 0.0), Map.entry(2, 0.75), Map.entry(3, 1.0));
    assertThat(result.meanAveragePrecision())
        .isCloseTo((1 / 2.0 + 1 / 3.0 + 1 / 2.0 + 1 / 2.0) / 4, EXACTLY);
  }

  @Test
  void breaksTiesByIdWhateverTheOrderGiven() {
    List<Item> items =
        List.of(at("q", "x", 0), at("c", "y", 20), at("b", "x", 20), at("a", "y", 20));

    Result result = Retrieval.evaluate(items.subList(0, 1), items, List.of(1, 2), false);

    assertThat(result.rankK()).containsExactly(Map.entry(1, 0.0), Map.entry(2, 1.0));
    assertThat(result.meanAveragePrecision()).isCloseTo(0.5, EXACTLY);
  }

  @Test
  void leavesOutClassesOfOneAndCountsThem() {
    List<Item> items = List.of(at("a", "x", 0), at("b", "x", 10), at("c", "alone", 20));

    Result result = Retrieval.evaluate(items, items, List.of(1), false);

    assertThat(result.queries()).isEqualTo(2);
    assertThat(result.queriesWithoutRelevant()).isEqualTo(1);
    assertThat(result.rankK().get(1)).isEqualTo(1);
  }

  @Test
  void itemsWithoutALabelAreFoundButNeverAsk() {
    List<Item> items =
        List.of(at("a", "x", 0), at("b", null, 5), at("c", "x", 10), at("d", null, 90));

    Result result = Retrieval.evaluate(items, items, List.of(1), false);

    assertThat(result.queries()).isEqualTo(2);
    assertThat(result.queriesWithoutRelevant()).isZero();
    assertThat(result.gallery()).isEqualTo(4);
    assertThat(result.rankK().get(1)).isZero();
    assertThat(result.meanAveragePrecision()).isCloseTo(0.5, EXACTLY);
  }

  @Test
  void acrossGroupsOnlyOtherGroupsAreFound() {
    // From a: b and c are of its own group and left out; then d(y) 30, e(x) 40.
    Item a = new Item("a", "x", "g", vector(0));
    List<Item> items =
        List.of(
            a,
            new Item("b", "x", "g", vector(10)),
            new Item("c", "y", "g", vector(20)),
            new Item("d", "y", null, vector(30)),
            new Item("e", "x", "h", vector(40)));

    Result across = Retrieval.evaluate(List.of(a), items, List.of(1, 2), true);
    Result within = Retrieval.evaluate(List.of(a), items, List.of(1, 2), false);

    assertThat(across.rankK()).containsExactly(Map.entry(1, 0.0), Map.entry(2, 1.0));
    assertThat(across.meanAveragePrecision()).isCloseTo(0.5, EXACTLY);
    assertThat(within.rankK().get(1)).isOne();
    assertThat(within.meanAveragePrecision()).isCloseTo((1 + 2 / 4.0) / 2, EXACTLY);
  }

  @Test
  void aGroupCanHoldAllThatIsRelevant() {
    Item a = new Item("a", "x", "g", vector(0));
    List<Item> items = List.of(a, new Item("b", "x", "g", vector(10)), at("c", "y", 20));

    Result across = Retrieval.evaluate(List.of(a), items, List.of(1), true);

    assertThat(across.queries()).isZero();
    assertThat(across.queriesWithoutRelevant()).isEqualTo(1);
    assertThat(across.meanAveragePrecision()).isZero();
  }

  @Test
  void anotherCollectionsQueryLeavesOutItsOwnPicture() {
    Item query = at("a", "x", 0);
    List<Item> gallery = List.of(at("a", "x", 1), at("b", "y", 10), at("c", "x", 20));

    Result result = Retrieval.evaluate(List.of(query), gallery, List.of(1, 2), false);

    assertThat(result.rankK()).containsExactly(Map.entry(1, 0.0), Map.entry(2, 1.0));
    assertThat(result.gallery()).isEqualTo(3);
  }

  @Test
  void kMayExceedTheGallery() {
    List<Item> items = List.of(at("a", "x", 0), at("b", "y", 10), at("c", "x", 20));

    assertThat(Retrieval.evaluate(items, items, List.of(1000), false).rankK().get(1000)).isOne();
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    List<Item> twice = List.of(at("a", "x", 0), at("a", "x", 10));
    List<Item> uneven = List.of(at("a", "x", 0), new Item("b", "x", null, new float[3]));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Retrieval.evaluate(twice, twice, List.of(1), false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Retrieval.evaluate(uneven, uneven, List.of(1), false))
        .withMessageContaining("cannot be compared");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Retrieval.evaluate(List.of(), List.of(), List.of(0), false));
  }

  @Test
  void agreesWithAFullSort() {
    Random random = new Random(3);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String label = random.nextInt(10) == 0 ? null : "c" + random.nextInt(12);
      String group = random.nextInt(4) == 0 ? null : "g" + random.nextInt(3);
      items.add(new Item("i" + i, label, group, vector(10 * random.nextInt(36))));
    }
    for (boolean across : new boolean[] {false, true}) {
      Result result = Retrieval.evaluate(items, items, List.of(1, 5), across);

      List<List<Integer>> ranks = items.stream().map(q -> sorted(q, items, across)).toList();
      List<List<Integer>> found = ranks.stream().filter(r -> !r.isEmpty()).toList();
      assertThat(result.queries()).isEqualTo(found.size());
      assertThat(result.rankK().get(5))
          .isCloseTo(
              found.stream().mapToInt(r -> r.getFirst() <= 5 ? 1 : 0).average().orElseThrow(),
              EXACTLY);
      assertThat(result.meanAveragePrecision())
          .isCloseTo(
              found.stream().mapToDouble(RetrievalTest::precision).average().orElseThrow(),
              within(1e-9));
    }
  }

  private static List<Integer> sorted(Item query, List<Item> gallery, boolean across) {
    List<Item> ranking =
        gallery.stream()
            .filter(i -> !i.id().equals(query.id()))
            .filter(i -> !across || query.group() == null || !query.group().equals(i.group()))
            .sorted(
                Comparator.<Item>comparingDouble(i -> -cosine(query.vector(), i.vector()))
                    .thenComparing(Item::id))
            .toList();
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < ranking.size(); i++) {
      if (query.label() != null && query.label().equals(ranking.get(i).label())) {
        ranks.add(i + 1);
      }
    }
    return ranks;
  }

  private static float cosine(float[] a, float[] b) {
    return a[0] * b[0] + a[1] * b[1];
  }

  private static double precision(List<Integer> ranks) {
    double sum = 0;
    for (int i = 0; i < ranks.size(); i++) {
      sum += (i + 1.0) / ranks.get(i);
    }
    return sum / ranks.size();
  }

  @Test
  void scoresMoreVectorsThanATileHolds() {
    float[][] vectors = new float[1100][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new float[] {i, 1, -2};
    }

    float[] scores = new Columns(vectors).dot(new float[] {2, 3, 5});

    assertThat(scores).hasSize(1100);
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isEqualTo(2 * i - 7);
    }
  }

  private static Item at(String id, String label, double degrees) {
    return new Item(id, label, null, vector(degrees));
  }

  private static float[] vector(double degrees) {
    double radians = Math.toRadians(degrees);
    return new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
  }
}
