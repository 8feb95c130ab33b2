package io.lodisc.retrieval.search;

import io.lodisc.retrieval.collection.Catalogue;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.encoder.Encoder;
import io.lodisc.retrieval.encoder.Encoding;
import io.lodisc.retrieval.index.EmbeddingIndex;
import io.lodisc.retrieval.index.ItemFilter;
import io.lodisc.retrieval.item.CheckedPicture;
import io.lodisc.retrieval.item.Embeddings;
import io.lodisc.retrieval.item.ModelRule;
import io.lodisc.retrieval.item.PictureCheck;
import io.lodisc.retrieval.search.SearchRequest.Filter;
import io.lodisc.retrieval.vector.Vectors;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/** Turns a query into a vector, and that into results. */
@Service
class Search {

  private final Catalogue catalogue;
  private final Embeddings embeddings;
  private final PictureCheck check;
  private final Encoder encoder;
  private final EmbeddingIndex index;
  private final SearchMeters meters;

  Search(
      Catalogue catalogue,
      Embeddings embeddings,
      PictureCheck check,
      Encoder encoder,
      EmbeddingIndex index,
      SearchMeters meters) {
    this.catalogue = catalogue;
    this.embeddings = embeddings;
    this.check = check;
    this.encoder = encoder;
    this.index = index;
    this.meters = meters;
  }

  SearchAnswer byRequest(String name, SearchRequest request) {
    return (request.item() == null ? meters.vector() : meters.item())
        .record(() -> byItemOrVector(name, request));
  }

  SearchAnswer byPicture(String name, Resource image, int k, Filter filter, boolean includeSelf) {
    return meters.image().record(() -> byImage(name, image, k, filter, includeSelf));
  }

  private SearchAnswer byItemOrVector(String name, SearchRequest request) {
    PictureCollection collection = catalogue.get(name);
    float[] query =
        request.item() == null
            ? unit(collection, request.vector())
            : embeddings.one(collection, request.item()).vector();
    String self = request.includeSelf() ? null : request.item();
    return nearest(collection, query, request.k(), filter(request.filter(), self, null));
  }

  private SearchAnswer byImage(
      String name, Resource image, int k, Filter filter, boolean includeSelf) {
    PictureCollection collection = catalogue.get(name);
    CheckedPicture picture = check.header(image);
    Encoding encoding = encoder.encode(collection.model(), List.of(picture.content()));
    ModelRule.check(collection, encoding);
    String self = includeSelf ? null : picture.sha256();
    return nearest(collection, encoding.vectors().getFirst(), k, filter(filter, null, self));
  }

  private SearchAnswer nearest(
      PictureCollection collection, float[] query, int k, ItemFilter filter) {
    return SearchAnswer.of(
        collection, k, meters.exact().record(() -> index.nearest(collection, query, k, filter)));
  }

  private static ItemFilter filter(Filter filter, String exceptId, String exceptPicture) {
    return new ItemFilter(
        filter.label(), filter.group(), filter.metadata(), exceptId, exceptPicture);
  }

  private static float[] unit(PictureCollection collection, float[] vector) {
    if (collection.dimension() != null && vector.length != collection.dimension()) {
      throw new ApiException(
          Problem.WRONG_DIMENSION,
          "The vector has %d numbers; those of the collection '%s' have %d."
              .formatted(vector.length, collection.name(), collection.dimension()),
          "Use an embedding by the collection's model '%s'.".formatted(collection.model()));
    }
    try {
      return Vectors.unit(vector);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The vector has no direction: it is zero, or a number in it is not finite.",
          "Send an embedding as the inference-service returns it.");
    }
  }
}
