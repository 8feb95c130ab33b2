package io.lodisc.model.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a safetensors header says, checked against the file's size. */
record SafeTensorsHeader(Map<String, String> metadata, List<Entry> entries, long dataStart) {

  /** The format's own bound. */
  static final int MAX_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * @param begin offset of its first byte in the data
   */
  record Entry(String name, ElementType type, long[] shape, long begin, long end) {
    long bytes() {
      return end - begin;
    }

    long elements() {
      return bytes() / type.bytes();
    }
  }

  private record Written(
      String dtype, long[] shape, @JsonProperty("data_offsets") long[] offsets) {}

  /** The same text for the same tensors: nothing in it depends on the process. */
  static String of(Map<String, String> metadata, Map<String, Tensor> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(METADATA, metadata);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long end = offset + (long) Float.BYTES * tensor.getValue().values().length;
      header.put(
          tensor.getKey(), new Written("F32", tensor.getValue().shape(), new long[] {offset, end}));
      offset = end;
    }
    String json = JSON.writeValueAsString(header);
    // readers map the data, which must start at a multiple of 8
    return json + " ".repeat((8 - json.length() % 8) % 8);
  }

  static SafeTensorsHeader parse(String json, long dataStart, long fileSize, Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw refuse(file, "has a header that is not JSON");
    }
    if (!root.isObject()) {
      throw refuse(file, "has a header that is not a JSON object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        field
            .getValue()
            .properties()
            .forEach(n -> metadata.put(n.getKey(), n.getValue().asString("")));
      } else {
        entries.add(entry(field.getKey(), field.getValue(), file));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() < covered) {
        throw refuse(file, "has overlapping offsets: '%s' begins inside another tensor", entry);
      }
      if (entry.begin() > covered) {
        throw refuse(file, "has a gap in its offsets before '%s'", entry);
      }
      covered = entry.end();
    }
    if (dataStart + covered > fileSize) {
      throw refuse(
          file, "is truncated: %d bytes where its header needs %d", fileSize, dataStart + covered);
    }
    if (dataStart + covered < fileSize) {
      throw refuse(file, "has %d bytes that no tensor names", fileSize - dataStart - covered);
    }
    return new SafeTensorsHeader(metadata, entries, dataStart);
  }

  private static Entry entry(String name, JsonNode node, Path file) {
    ElementType type = type(node.path("dtype").asString("nothing"), name, file);
    JsonNode offsets = node.path("data_offsets");
    if (offsets.size() != 2 || !node.path("shape").isArray()) {
      throw refuse(file, "has no shape or no offsets for '%s'", name);
    }
    long begin = integer(offsets.get(0), name, file);
    long end = integer(offsets.get(1), name, file);
    long[] shape = new long[node.get("shape").size()];
    long bytes = type.bytes();
    try {
      for (int i = 0; i < shape.length; i++) {
        shape[i] = integer(node.get("shape").get(i), name, file);
        bytes = Math.multiplyExact(bytes, shape[i]);
      }
    } catch (ArithmeticException e) {
      throw refuse(file, "has an impossible shape for '%s'", name);
    }
    if (end - begin != bytes) {
      throw refuse(file, "gives '%s' %d bytes where its shape needs %d", name, end - begin, bytes);
    }
    return new Entry(name, type, shape, begin, end);
  }

  private static ElementType type(String name, String tensor, Path file) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw refuse(file, "holds '%s' as %s, which is no known type", tensor, name);
  }

  private static long integer(JsonNode node, String name, Path file) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw refuse(file, "has an impossible shape or offset for '%s'", name);
    }
    return node.asLong();
  }

  private static CheckpointException refuse(Path file, String what, Object... arguments) {
    Object[] named = arguments.clone();
    for (int i = 0; i < named.length; i++) {
      named[i] = named[i] instanceof Entry entry ? entry.name() : named[i];
    }
    return new CheckpointException(file.getFileName() + " " + what.formatted(named));
  }
}
