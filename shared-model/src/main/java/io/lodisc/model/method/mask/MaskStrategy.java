package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

/** Says which patches of a view the local branch keeps: those it scores highest. */
public interface MaskStrategy {

  /** Every strategy; a new one is a class and its line here. */
  List<MaskStrategy> ALL =
      List.of(
          new LocationMask(),
          new StrictLocationMask(),
          new RandomMask(),
          new GridMask(),
          new BorderMask());

  /**
   * The strategy of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static MaskStrategy named(String name) {
    return ALL.stream()
        .filter(strategy -> strategy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "mask must be one of "
                        + ALL.stream().map(MaskStrategy::name).collect(Collectors.joining(", "))));
  }

  /** What is no text is no name either. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static MaskStrategy of(Object json) {
    return named(json.toString());
  }

  @JsonValue
  String name();

  /**
   * The score of every patch.
   *
   * @return batch x patches
   */
  NDArray scores(MaskedViews views);

  /** Whether {@link MaskedViews#importance} is needed. */
  default boolean needsImportance() {
    return false;
  }

  /** How many patches of a picture are kept: floor(N ratio) are not. */
  default int kept(int patches, double ratio) {
    return Patches.kept(patches, ratio);
  }

  /**
   * Eq. 4: the patches whose score reaches the threshold.
   *
   * @return batch x patches of 1 (kept) and 0; ties at the threshold are kept
   */
  default NDArray mask(NDArray scores, double ratio) {
    int kept = kept((int) scores.getShape().get(1), ratio);
    return Patches.ones(scores.gte(Patches.highest(scores, kept)));
  }
}
