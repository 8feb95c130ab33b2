package io.lodisc.training.job;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads fields of a request that are not bound to a record. */
final class RequestFields {

  private RequestFields() {}

  /** A name, or null. */
  static String text(ObjectNode request, String field) {
    JsonNode value = request.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new ApiException(
          Problem.INVALID_REQUEST, "The field '%s' must be a name.".formatted(field), "Send text.");
    }
    return value.stringValue();
  }

  /** A whole number within bounds, or a default. */
  static int number(ObjectNode request, String field, int otherwise, int least, int most) {
    JsonNode value = request.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "The field '%s' must be a whole number from %d to %d.".formatted(field, least, most),
          "Leave a field out to use its default.");
    }
    return value.intValue();
  }
}
