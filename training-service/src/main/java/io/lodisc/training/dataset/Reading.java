package io.lodisc.training.dataset;

import io.lodisc.model.dataset.LayoutOptions;
import io.lodisc.model.dataset.Layouts;
import java.util.Objects;

/**
 * How a folder is to be read as a data set.
 *
 * @param layout one of {@link Layouts#names}
 * @param split the only one to train on, or null
 * @param partial a published set may be incomplete
 */
record Reading(String layout, String split, boolean partial, LayoutOptions options) {

  /** From what a request may leave out. */
  static Reading of(String layout, String split, Boolean partial, Long seed, Double testShare) {
    LayoutOptions defaults = LayoutOptions.DEFAULT;
    return new Reading(
        Objects.requireNonNullElse(given(layout), Layouts.AUTO),
        given(split),
        Boolean.TRUE.equals(partial),
        new LayoutOptions(
            Objects.requireNonNullElse(seed, defaults.seed()),
            Objects.requireNonNullElse(testShare, defaults.testShare())));
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
