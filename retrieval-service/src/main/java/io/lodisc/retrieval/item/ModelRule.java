package io.lodisc.retrieval.item;

import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.encoder.Encoding;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;

/** Vectors of different checkpoints are not comparable, so a collection has those of one. */
public final class ModelRule {

  private ModelRule() {}

  /**
   * Refuses an encoding by another checkpoint than the collection's; without one, any will do.
   *
   * @throws ApiException WRONG_MODEL
   */
  public static void check(PictureCollection collection, Encoding encoding) {
    String own = collection.checkpoint();
    if (own != null && !own.equals(encoding.checkpoint())) {
      throw new ApiException(
          Problem.WRONG_MODEL,
          "The collection '%s' was made with checkpoint '%s', but its model '%s' is now '%s'."
              .formatted(collection.name(), own, collection.model(), encoding.checkpoint()),
          "Import the pictures into a new collection, or point the alias at the old checkpoint.");
    }
  }
}
