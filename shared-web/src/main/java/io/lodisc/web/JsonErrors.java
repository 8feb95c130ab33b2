package io.lodisc.web;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** JSON that does not bind, told by the path of the field. */
public final class JsonErrors {

  private JsonErrors() {}

  /** An unknown field, or one that does not hold what it should. */
  public static ApiException of(JacksonException e) {
    return of(e, "");
  }

  /**
   * The same for the value of a field that was read apart.
   *
   * @param within the field's name
   */
  public static ApiException of(JacksonException e, String within) {
    String path = within.isEmpty() || path(e).isEmpty() ? within + path(e) : within + "." + path(e);
    if (e instanceof UnrecognizedPropertyException unknown) {
      return new ApiException(
          Problem.UNKNOWN_FIELD,
          "There is no field '%s'.".formatted(path),
          "Known fields here: "
              + unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return new ApiException(
        Problem.INVALID_REQUEST,
        "The field '%s' does not hold what it should: %s"
            .formatted(path, e.getOriginalMessage().lines().findFirst().orElse("")),
        "Look at the field's type in the API's documentation.");
  }

  /** Such as {@code views.cropMin}. */
  public static String path(JacksonException e) {
    return e.getPath().stream()
        .map(r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : r.getPropertyName())
        .collect(Collectors.joining("."));
  }
}
