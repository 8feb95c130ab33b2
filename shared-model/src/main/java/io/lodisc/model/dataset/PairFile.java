package io.lodisc.model.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text file of pairs: a key without spaces, a space, and the rest of the line. Line ends may be
 * those of Windows.
 */
final class PairFile {

  /**
   * @param where file and line, for messages
   */
  record Pair(String where, String key, String value) {}

  private final String name;
  private final Map<String, Pair> pairs = new LinkedHashMap<>();

  private PairFile(String name) {
    this.name = name;
  }

  static PairFile read(Path file) throws IOException {
    PairFile read = new PairFile(file.getFileName().toString());
    int number = 0;
    for (String text : lines(file)) {
      number++;
      if (!text.isEmpty()) {
        read.add("%s, line %d".formatted(read.name, number), text);
      }
    }
    return read;
  }

  List<Pair> pairs() {
    return new ArrayList<>(pairs.values());
  }

  /**
   * The value of another file's key.
   *
   * @param where the place that asks
   */
  String value(String key, String where) {
    Pair pair = pairs.get(key);
    if (pair == null) {
      throw DatasetException.annotations(
          where, "%s has no line for '%s'".formatted(name, key), null);
    }
    return pair.value();
  }

  private void add(String where, String line) {
    String[] parts = line.split("\\s+", 2);
    if (parts.length < 2) {
      throw DatasetException.annotations(
          where, "it is not two words but '%s'".formatted(line), null);
    }
    Pair before = pairs.putIfAbsent(parts[0], new Pair(where, parts[0], parts[1]));
    if (before != null) {
      throw DatasetException.annotations(
          where, "'%s' is in %s already".formatted(parts[0], before.where()), null);
    }
  }

  /** The lines of a text, without what surrounds them; empty ones are kept. */
  static List<String> lines(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      return (text.startsWith("\ufeff") ? text.substring(1) : text)
          .lines()
          .map(String::strip)
          .toList();
    } catch (CharacterCodingException e) {
      throw DatasetException.annotations(file.getFileName().toString(), "it is not UTF-8", e);
    }
  }
}
