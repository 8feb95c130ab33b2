package io.lodisc.training.follow;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;

/** What requests that look at jobs have in common. */
public final class Queries {

  private Queries() {}

  static ApiException noSuch(String job) {
    return new ApiException(
        Problem.NOT_FOUND,
        "There is no job '%s'.".formatted(job),
        "GET /api/v1/jobs lists the ones there are.");
  }

  /**
   * A whole number within bounds.
   *
   * @param text null for the default
   */
  public static long number(String name, String text, long otherwise, long least, long most) {
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ApiException(
        Problem.OUT_OF_RANGE,
        "'%s' must be a whole number from %d to %d, not '%s'.".formatted(name, least, most, text),
        "Leave it out for the default.");
  }
}
