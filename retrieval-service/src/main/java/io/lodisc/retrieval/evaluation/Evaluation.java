package io.lodisc.retrieval.evaluation;

import io.lodisc.model.metrics.Retrieval;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.evaluation.EvaluationAnswer.Model;
import io.lodisc.retrieval.item.EmbeddedItem;
import io.lodisc.retrieval.item.Embeddings;
import io.lodisc.retrieval.item.Embeddings.Snapshot;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** Measures how well a collection's embeddings find what has the same label. */
@Service
class Evaluation {

  private final Embeddings embeddings;

  Evaluation(Embeddings embeddings) {
    this.embeddings = embeddings;
  }

  EvaluationAnswer run(String name, EvaluationRequest request) {
    List<Integer> ranks = request.ranks();
    Snapshot gallery = embeddings.all(name);
    Snapshot asked = request.queries() == null ? gallery : embeddings.all(request.queries());
    refuseOtherModel(gallery.collection(), asked.collection());
    Retrieval.Result result =
        Retrieval.evaluate(
            items(asked), items(gallery), ranks, Boolean.TRUE.equals(request.acrossGroups()));
    int unlabelled =
        (int) asked.items().stream().filter(item -> item.facts().label() == null).count();
    if (result.queries() == 0) {
      throw nothing(asked, unlabelled, result.queriesWithoutRelevant());
    }
    return new EvaluationAnswer(
        result.rankK(),
        result.meanAveragePrecision(),
        result.queries(),
        result.gallery(),
        result.queriesWithoutRelevant(),
        unlabelled,
        new Model(gallery.collection().model(), gallery.collection().checkpoint()));
  }

  private static void refuseOtherModel(PictureCollection gallery, PictureCollection queries) {
    boolean bothFilled = gallery.checkpoint() != null && queries.checkpoint() != null;
    if (bothFilled && !Objects.equals(gallery.checkpoint(), queries.checkpoint())) {
      throw new ApiException(
          Problem.WRONG_MODEL,
          "'%s' was made with checkpoint '%s', '%s' with '%s'."
              .formatted(
                  gallery.name(), gallery.checkpoint(), queries.name(), queries.checkpoint()),
          "Take queries from a collection that was made with the same checkpoint.");
    }
  }

  private static ApiException nothing(Snapshot queries, int unlabelled, int alone) {
    return new ApiException(
        Problem.NOTHING_TO_EVALUATE,
        "Of the %d items of '%s', %d have no label and %d have nothing else of their label."
            .formatted(queries.items().size(), queries.collection().name(), unlabelled, alone),
        "Add items with labels, at least two of a label; across groups, in two groups.");
  }

  private static List<Retrieval.Item> items(Snapshot snapshot) {
    return snapshot.items().stream().map(Evaluation::item).toList();
  }

  private static Retrieval.Item item(EmbeddedItem item) {
    return new Retrieval.Item(
        item.facts().id(), item.facts().label(), item.facts().group(), item.vector());
  }
}
