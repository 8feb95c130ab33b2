package io.lodisc.retrieval.web;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.nio.charset.StandardCharsets;

/** Bounds of the texts that callers give. */
public final class Texts {

  private Texts() {}

  /**
   * The text as it will be stored: null where it is blank.
   *
   * @param max characters
   */
  public static String optional(String field, String text, int max) {
    return text == null || text.isBlank() ? null : required(field, text, max);
  }

  /** The text, if it is not blank, not too long, and something a database can hold. */
  public static String required(String field, String text, int max) {
    if (text == null || text.isBlank() || text.length() > max || !isStorable(text)) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "'%s' must be a text of 1 to %d characters without control characters."
              .formatted(field, max),
          "Shorten it or leave it out.");
    }
    return text;
  }

  /** False for control characters and for halves of surrogate pairs. */
  public static boolean isStorable(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
