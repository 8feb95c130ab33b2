package io.lodisc.model.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of a manifest.jsonl: an object a line, its values text, numbers or booleans. */
final class JsonRows {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonRows() {}

  static List<ManifestRow> read(String name, BufferedReader text) throws IOException {
    List<ManifestRow> rows = new ArrayList<>();
    long number = 0;
    for (String line = text.readLine(); line != null; line = text.readLine()) {
      number++;
      if (!line.isBlank()) {
        rows.add(new ManifestRow(name, number, cells(name, number, line)));
      }
    }
    return rows;
  }

  private static Map<String, String> cells(String name, long number, String line) {
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JacksonException e) {
      throw ManifestRow.bad(name, number, "it is not valid JSON", e);
    }
    if (!object.isObject()) {
      throw ManifestRow.bad(name, number, "it is no JSON object", null);
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getValue().isContainer()) {
        throw ManifestRow.bad(
            name, number, "'%s' is neither text nor a number".formatted(field.getKey()), null);
      }
      String value = field.getValue().isNull() ? "" : field.getValue().asString().strip();
      if (!value.isEmpty()) {
        cells.put(field.getKey(), value);
      }
    }
    return cells;
  }
}
