package io.lodisc.retrieval.imports;

import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.config.RetrievalProperties;
import io.lodisc.retrieval.encoder.Encoder;
import io.lodisc.retrieval.encoder.Encoding;
import io.lodisc.retrieval.item.ModelRule;
import io.lodisc.retrieval.item.NewItem;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Embeds many pictures, some at a time, all with one checkpoint. */
@Component
class BatchEncoder {

  private final Encoder encoder;
  private final int batch;

  BatchEncoder(Encoder encoder, RetrievalProperties properties) {
    this.encoder = encoder;
    this.batch = properties.batch();
  }

  /**
   * Embeds the items with the collection's model.
   *
   * @throws ApiException WRONG_MODEL if that is not the collection's checkpoint, or no longer
   */
  Encoding encode(PictureCollection collection, List<NewItem> items) {
    Encoding first = null;
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < items.size(); i += batch) {
      List<NewItem> some = items.subList(i, Math.min(i + batch, items.size()));
      Encoding encoding =
          encoder.encode(
              collection.model(), some.stream().map(item -> item.picture().content()).toList());
      ModelRule.check(collection, encoding);
      first = first == null ? encoding : first;
      if (!first.checkpoint().equals(encoding.checkpoint())) {
        throw new ApiException(
            Problem.WRONG_MODEL,
            "The model '%s' moved to another checkpoint during the import."
                .formatted(collection.model()),
            "Nothing was imported; try again.");
      }
      vectors.addAll(encoding.vectors());
    }
    return new Encoding(first.checkpoint(), first.dimension(), vectors);
  }
}
