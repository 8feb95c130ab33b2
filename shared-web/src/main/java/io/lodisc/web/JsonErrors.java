package io.lodisc.web;

import io.lodisc.model.json.JsonWords;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** JSON that does not bind, told by the path of the field. */
public final class JsonErrors {

  private JsonErrors() {}

  /** An unknown field, one that does not hold what it should, or no JSON at all. */
  public static ApiException of(JacksonException e) {
    String words = JsonWords.of(e);
    if (e instanceof UnrecognizedPropertyException unknown) {
      return new ApiException(
          Problem.UNKNOWN_FIELD,
          words,
          "Known fields here: "
              + unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ".");
    }
    if (isOutOfRange(e, words)) {
      return new ApiException(Problem.OUT_OF_RANGE, words, "Leave a field out to use its default.");
    }
    return new ApiException(
        Problem.INVALID_REQUEST,
        words,
        e instanceof StreamReadException
            ? "Send a JSON object."
            : "Correct it, or leave it out to use its default if it has one.");
  }

  /**
   * The same for the value of a field that was read apart.
   *
   * @param within the field's name
   */
  public static ApiException of(JacksonException e, String within) {
    return of(e.prependPath(JsonErrors.class, within));
  }

  /** What a class itself refuses is a value out of range, unless it is an unknown name. */
  private static boolean isOutOfRange(JacksonException e, String words) {
    return e instanceof InputCoercionException
        || e.getCause() instanceof IllegalArgumentException && !words.contains(" must be one of ");
  }
}
