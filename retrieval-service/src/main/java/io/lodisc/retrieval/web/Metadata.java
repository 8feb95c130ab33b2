package io.lodisc.retrieval.web;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names and values that an item carries or a filter asks for. */
public final class Metadata {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_ENTRIES = 64;
  private static final int MAX_NAME = 100;
  private static final int MAX_VALUE = 2000;

  private Metadata() {}

  /** Reads a form's field: a JSON object of strings; null or blank is none. */
  public static Map<String, String> parse(String json) {
    if (json == null || json.isBlank()) {
      return Map.of();
    }
    JsonNode node = tree(json);
    if (!node.isObject() || node.values().stream().anyMatch(v -> !v.isString())) {
      throw invalid("'metadata' must be a JSON object whose values are all strings.");
    }
    Map<String, String> metadata = new TreeMap<>();
    node.properties().forEach(p -> metadata.put(p.getKey(), p.getValue().stringValue()));
    return checked(metadata);
  }

  /** The metadata, if it is small enough and something a database can hold. */
  public static Map<String, String> checked(Map<String, String> metadata) {
    if (metadata.size() > MAX_ENTRIES) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "'metadata' has %d entries.".formatted(metadata.size()),
          "Give at most %d.".formatted(MAX_ENTRIES));
    }
    metadata.forEach(
        (name, value) -> {
          Texts.required("metadata name", name, MAX_NAME);
          if (value == null || value.length() > MAX_VALUE || !isText(value)) {
            throw new ApiException(
                Problem.OUT_OF_RANGE,
                "The metadata value of '%s' is not a text of at most %d characters."
                    .formatted(name, MAX_VALUE),
                "Shorten it, and leave control characters out.");
          }
        });
    return Map.copyOf(metadata);
  }

  private static boolean isText(String value) {
    return Texts.isStorable(value.replaceAll("[\r\n\t]", " "));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw invalid("'metadata' is not valid JSON.");
    }
  }

  private static ApiException invalid(String detail) {
    return new ApiException(
        Problem.INVALID_REQUEST, detail, "Send it like {\"name\": \"butterfly\"}.");
  }
}
