package io.lodisc.retrieval.item;

import io.lodisc.retrieval.collection.Catalogue;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.encoder.Encoder;
import io.lodisc.retrieval.encoder.Encoding;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/** Adds one uploaded picture. */
@Service
class ItemAdding {

  private final Catalogue catalogue;
  private final PictureCheck check;
  private final Encoder encoder;
  private final ItemWriter writer;

  ItemAdding(Catalogue catalogue, PictureCheck check, Encoder encoder, ItemWriter writer) {
    this.catalogue = catalogue;
    this.check = check;
    this.encoder = encoder;
    this.writer = writer;
  }

  Item add(
      String name,
      Resource image,
      String id,
      String label,
      String group,
      Map<String, String> metadata) {
    PictureCollection collection = catalogue.get(name);
    NewItem item = new NewItem(id, label, group, metadata, check.whole(image));
    writer.refuseTaken(collection, List.of(id));
    Encoding encoding = encoder.encode(collection.model(), List.of(image));
    return writer.add(name, List.of(item), encoding).getFirst();
  }
}
