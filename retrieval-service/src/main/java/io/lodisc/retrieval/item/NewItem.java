package io.lodisc.retrieval.item;

import io.lodisc.retrieval.web.Metadata;
import io.lodisc.retrieval.web.Texts;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.Map;

/** An item to be added. Label and group may be null. */
public record NewItem(
    String id, String label, String group, Map<String, String> metadata, CheckedPicture picture) {

  private static final int MAX_TEXT = 200;

  public NewItem {
    if (!isId(id)) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "'%s' cannot be the id of an item.".formatted(id),
          "Use 1 to %d characters without slashes and control characters.".formatted(MAX_TEXT));
    }
    label = Texts.optional("label", label, MAX_TEXT);
    group = Texts.optional("group", group, MAX_TEXT);
    metadata = Metadata.checked(metadata);
  }

  /** Whether an item could have that id: it is a segment of a URL's path. */
  static boolean isId(String id) {
    return id != null
        && !id.isBlank()
        && id.length() <= MAX_TEXT
        && id.indexOf('/') < 0
        && id.indexOf('\\') < 0
        && !id.equals(".")
        && !id.equals("..")
        && Texts.isStorable(id);
  }
}
