package io.lodisc.model.dataset;

import java.util.List;

/** The names of the classes, which annotations number from 1. */
record CarClasses(List<String> names) {

  String name(int number, String where) {
    if (number < 1 || number > names.size()) {
      throw DatasetException.annotations(
          where, "there is no class %d of %d".formatted(number, names.size()), null);
    }
    return names.get(number - 1);
  }
}
