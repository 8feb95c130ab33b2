package io.lodisc.retrieval.search;

import io.lodisc.retrieval.web.Metadata;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.Map;

/**
 * A search by an item or by a vector.
 *
 * @param includeSelf also find the item itself
 */
record SearchRequest(String item, float[] vector, Integer k, Filter filter, Boolean includeSelf) {

  private static final int MAX_K = 1000;

  /** Exact values that results must have; what is null does not matter. */
  record Filter(String label, String group, Map<String, String> metadata) {

    static final Filter NONE = new Filter(null, null, Map.of());

    Filter checked() {
      return new Filter(label, group, metadata == null ? Map.of() : Metadata.checked(metadata));
    }
  }

  /**
   * The request with its defaults.
   *
   * @throws ApiException if it does not say what to search for, or a value is out of range
   */
  SearchRequest checked() {
    if ((item == null) == (vector == null)) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "A search needs either 'item' or 'vector'.",
          "To search by a picture, send multipart/form-data with a part 'image'.");
    }
    return new SearchRequest(
        item,
        vector,
        checkedK(k),
        filter == null ? Filter.NONE : filter.checked(),
        Boolean.TRUE.equals(includeSelf));
  }

  static int checkedK(Integer k) {
    if (k == null) {
      return 10;
    }
    if (k < 1 || k > MAX_K) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "'k' is %d.".formatted(k),
          "Use 1 to %d; leave it out for 10.".formatted(MAX_K));
    }
    return k;
  }
}
