package io.lodisc.training.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.random.Counter;
import io.lodisc.training.views.Adjustment.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What is drawn, and how often: MoCo v3's probabilities and ranges. */
class ViewPlanTest {

  private static final int DRAWS = 20_000;
  private static final double[] QUANTILES = {0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98};

  /** Of the pictures in crops.csv, by their width. */
  private static final Map<Integer, CropBox> CENTRES =
      Map.of(
          500, new CropBox(0, 0, 500, 375),
          300, new CropBox(0, 50, 300, 400),
          100, new CropBox(36, 0, 27, 20));

  private final List<ViewPlan> first = plans(ViewSettings.mocoV3(), false);
  private final List<ViewPlan> second = plans(ViewSettings.mocoV3(), true);

  @Test
  void operationsHappenAsOftenAsMocoV3SaysInEachView() {
    for (List<ViewPlan> plans : List.of(first, second)) {
      assertThat(share(plans, plan -> !plan.jitter().isEmpty())).isCloseTo(0.8, within(0.01));
      assertThat(share(plans, ViewPlan::grayscale)).isCloseTo(0.2, within(0.01));
      assertThat(share(plans, ViewPlan::flip)).isCloseTo(0.5, within(0.015));
      assertThat(share(plans, plan -> plan.rotation() != 0)).isZero();
    }
    assertThat(share(first, plan -> plan.blur() > 0)).isOne();
    assertThat(share(second, plan -> plan.blur() > 0)).isCloseTo(0.1, within(0.01));
    assertThat(share(first, ViewPlan::solarize)).isZero();
    assertThat(share(second, ViewPlan::solarize)).isCloseTo(0.2, within(0.01));
  }

  @Test
  void theBlursSigmaIsUniform() {
    assertUniform(first.stream().map(ViewPlan::blur).toList(), 0.1, 2);
  }

  @Test
  void jitterHasTheFourOperationsInEveryOrderAndUniformFactors() {
    Map<Kind, List<Double>> amounts = new HashMap<>();
    Map<List<Kind>, Integer> orders = new HashMap<>();
    for (ViewPlan plan : first) {
      plan.jitter()
          .forEach(a -> amounts.computeIfAbsent(a.kind(), _ -> new ArrayList<>()).add(a.amount()));
      if (!plan.jitter().isEmpty()) {
        orders.merge(plan.jitter().stream().map(Adjustment::kind).toList(), 1, Integer::sum);
      }
    }

    assertThat(orders)
        .hasSize(24)
        .allSatisfy(
            (order, count) -> {
              assertThat(new HashSet<>(order)).isEqualTo(Set.of(Kind.values()));
              assertThat(count).isBetween(550, 790);
            });
    assertUniform(amounts.get(Kind.BRIGHTNESS), 0.6, 1.4);
    assertUniform(amounts.get(Kind.CONTRAST), 0.6, 1.4);
    assertUniform(amounts.get(Kind.SATURATION), 0.8, 1.2);
    assertUniform(amounts.get(Kind.HUE), -0.1, 0.1);
  }

  @Test
  void anOperationWhoseSettingIsZeroIsLeftOut() {
    ViewSettings noHue = new ViewSettings(1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0);

    assertThat(plans(noHue, true))
        .allSatisfy(
            plan ->
                assertThat(plan.jitter())
                    .singleElement()
                    .extracting(Adjustment::kind)
                    .isEqualTo(Kind.BRIGHTNESS));
  }

  @ParameterizedTest(name = "{2} of {0} x {1}")
  @CsvFileSource(resources = "/views/crops.csv")
  void cropsAreDistributedAsTorchvisionsAndFallBackOnTheCentreAsOften(ArgumentsAccessor row) {
    int width = row.getInteger(0);
    int height = row.getInteger(1);
    List<CropBox> boxes = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      CropBox box = CropBox.draw(width, height, ViewSettings.mocoV3(), Counter.at(8, i));
      assertThat(box.x()).isBetween(0, width - box.width());
      assertThat(box.y()).isBetween(0, height - box.height());
      boxes.add(box);
    }
    if (row.getString(2).equals("fallback")) {
      CropBox centre = CENTRES.get(width);
      assertThat(share(boxes, centre::equals)).isCloseTo(row.getDouble(3), within(0.01));
      return;
    }
    ToDoubleFunction<CropBox> quantity = quantity(row.getString(2), width, height);
    for (int q = 0; q < QUANTILES.length; q++) {
      double value = row.getDouble(3 + q);
      double upTo = share(boxes, box -> quantity.applyAsDouble(box) < value + 1e-4);
      double below = share(boxes, box -> quantity.applyAsDouble(box) < value - 1e-4);
      assertThat(upTo).isGreaterThan(QUANTILES[q] - 0.012);
      assertThat(below).isLessThan(QUANTILES[q] + 0.012);
    }
  }

  @Test
  void aPictureThatNoCropFitsGivesItsCentre() {
    ViewSettings whole = new ViewSettings(1, 1, 1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);

    assertThat(CropBox.draw(100, 20, whole, Counter.at(1))).isEqualTo(new CropBox(40, 0, 20, 20));
    assertThat(CropBox.draw(20, 101, whole, Counter.at(1))).isEqualTo(new CropBox(0, 40, 20, 20));
  }

  private static ToDoubleFunction<CropBox> quantity(String name, int width, int height) {
    return switch (name) {
      case "area" -> box -> (double) box.width() * box.height() / (width * height);
      case "aspect" -> box -> Math.log((double) box.width() / box.height());
      case "x" -> box -> (double) box.x() / width;
      case "y" -> box -> (double) box.y() / height;
      default -> throw new AssertionError(name);
    };
  }

  private static List<ViewPlan> plans(ViewSettings settings, boolean second) {
    return IntStream.range(0, DRAWS)
        .mapToObj(i -> ViewPlan.draw(500, 375, settings, second, Counter.at(4, i, second ? 2 : 1)))
        .toList();
  }

  private static <T> double share(List<T> drawn, Predicate<T> predicate) {
    return (double) drawn.stream().filter(predicate).count() / drawn.size();
  }

  /** Every tenth of the range holds a tenth of the values. */
  private static void assertUniform(List<Double> values, double from, double to) {
    assertThat(values).allSatisfy(value -> assertThat(value).isBetween(from, to));
    for (int tenth = 1; tenth < 10; tenth++) {
      double bound = from + (to - from) * tenth / 10;
      assertThat(share(values, value -> value < bound)).isCloseTo(tenth / 10.0, within(0.015));
    }
  }
}
