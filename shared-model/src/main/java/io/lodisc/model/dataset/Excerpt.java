package io.lodisc.model.dataset;

import java.util.List;

/**
 * The beginning of a list that may be long.
 *
 * @param count of the whole list
 * @param first the beginning of it
 */
public record Excerpt<T>(int count, List<T> first) {

  static final int LENGTH = 100;

  static <T> Excerpt<T> of(List<T> all) {
    return new Excerpt<>(all.size(), all.stream().limit(LENGTH).toList());
  }
}
