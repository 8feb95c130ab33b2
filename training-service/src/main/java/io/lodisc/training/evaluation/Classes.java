package io.lodisc.training.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of a training split, numbered from 0 in the order of their names. */
final class Classes {

  private final Map<String, Integer> numbers = new HashMap<>();

  Classes(List<Labelled> pictures) {
    pictures.stream()
        .map(Labelled::label)
        .filter(label -> label != null)
        .distinct()
        .sorted()
        .forEach(label -> numbers.put(label, numbers.size()));
  }

  int count() {
    return numbers.size();
  }

  boolean has(Labelled picture) {
    return numbers.containsKey(picture.label());
  }

  /** The pictures' classes, all of which must be known. */
  int[] of(List<Labelled> pictures) {
    return pictures.stream().mapToInt(picture -> numbers.get(picture.label())).toArray();
  }
}
