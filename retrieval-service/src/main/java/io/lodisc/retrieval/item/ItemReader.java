package io.lodisc.retrieval.item;

import io.lodisc.retrieval.blob.PictureBlobs;
import io.lodisc.retrieval.collection.Catalogue;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/** Looks items up. */
@Service
class ItemReader {

  private static final int MAX_PAGE = 1000;

  record Page(int total, List<Item> items) {}

  private final Catalogue catalogue;
  private final ItemRepository items;
  private final PictureBlobs blobs;

  ItemReader(Catalogue catalogue, ItemRepository items, PictureBlobs blobs) {
    this.catalogue = catalogue;
    this.items = items;
    this.blobs = blobs;
  }

  Item get(String name, String id) {
    PictureCollection collection = catalogue.get(name);
    return Optional.of(id)
        .filter(NewItem::isId)
        .flatMap(known -> items.findByCollectionAndId(collection.key(), known))
        .orElseThrow(() -> Embeddings.unknown(collection, id));
  }

  Page page(String name, int offset, int limit) {
    if (offset < 0 || limit < 1 || limit > MAX_PAGE) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "There is no page at offset %d with limit %d.".formatted(offset, limit),
          "Use an offset from 0 and a limit from 1 to %d.".formatted(MAX_PAGE));
    }
    PictureCollection collection = catalogue.get(name);
    return new Page(collection.items(), items.page(collection.key(), offset, limit));
  }

  Resource picture(Item item) {
    return blobs.get(item.picture());
  }
}
