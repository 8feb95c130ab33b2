package io.lodisc.model.vit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.vit.Architecture.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class PositionTableTest {

  private static final Path CASES = Path.of("src/test/resources/positions/bicubic.json");

  record Case(int from, int to, int width, float[] table, float[] resized) {}

  @Test
  void resizesAsPyTorchDoes() throws IOException {
    List<Case> cases =
        JsonMapper.shared().readValue(Files.readAllBytes(CASES), new TypeReference<>() {});

    assertThat(cases).hasSize(5);
    for (Case c : cases) {
      assertThat(PositionTable.resize(c.table(), c.from(), c.to(), c.width()))
          .as("%d to %d", c.from(), c.to())
          .usingComparatorWithPrecision(2e-6f)
          .containsExactly(c.resized());
    }
  }

  @Test
  void learnedOnesAreResizedAndKeepTheClassTokensRow() {
    Architecture from = architecture(16, Positions.LEARNED);
    float[] table = new Draw(3).normal((1 + from.patches()) * 8, 1);

    float[] fitted = PositionTable.fit(table, from, from.withImageSize(24));

    assertThat(fitted).hasSize((1 + 36) * 8).isEqualTo(PositionTable.resize(table, 4, 6, 8));
    assertThat(fitted).startsWith(Arrays.copyOf(table, 8));
    assertThat(PositionTable.fit(table, from, from)).isSameAs(table);
  }

  @Test
  void fixedOnesAreComputedForTheNewGridAlsoWhereTheyAreLearnedOn() {
    Architecture from = architecture(16, Positions.SINCOS);
    float[] table = SinCosPositions.table(4, 8);

    for (Positions positions : Positions.values()) {
      assertThat(PositionTable.fit(table, from, architecture(24, positions)))
          .isEqualTo(SinCosPositions.table(6, 8));
      assertThat(PositionTable.fit(table, from, architecture(16, positions))).isSameAs(table);
    }
  }

  @Test
  void fixedOnesAreKnownByTheirValues() {
    float[] table = SinCosPositions.table(5, 12);
    assertThat(PositionTable.isFixed(table, 5, 12)).isTrue();
    table[40] += 0.001f;
    assertThat(PositionTable.isFixed(table, 5, 12)).isFalse();
    table[40] = Float.NaN;
    assertThat(PositionTable.isFixed(table, 5, 12)).isFalse();
    assertThat(PositionTable.isFixed(new float[10 * 6], 3, 6)).isFalse();
  }

  @Test
  void onlySizeAndLearningOfPositionsMayDifferFromTheStart() {
    Architecture learned = architecture(16, Positions.LEARNED);
    Architecture fixed = architecture(16, Positions.SINCOS);

    assertThat(learned.canStartFrom(learned.withImageSize(32))).isTrue();
    assertThat(learned.canStartFrom(fixed)).isTrue();
    assertThat(fixed.canStartFrom(learned)).isFalse();
    assertThat(fixed.canStartFrom(new Architecture(16, 4, 8, 2, 2, 4, Positions.SINCOS))).isFalse();
    assertThat(fixed.canStartFrom(new Architecture(16, 8, 8, 1, 2, 4, Positions.SINCOS))).isFalse();
    assertThat(fixed.canStartFrom(new Architecture(16, 4, 16, 1, 2, 4, Positions.SINCOS)))
        .isFalse();
    assertThat(fixed.canStartFrom(new Architecture(16, 4, 8, 1, 1, 4, Positions.SINCOS))).isFalse();
    assertThat(fixed.canStartFrom(new Architecture(16, 4, 8, 1, 2, 2, Positions.SINCOS))).isFalse();
  }

  private static Architecture architecture(int imageSize, Positions positions) {
    return new Architecture(imageSize, 4, 8, 1, 2, 4, positions);
  }
}
