package io.lodisc.retrieval.item;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The vector of an item. */
@Entity
@Table(schema = "retrieval", name = "embedding")
class Embedding {

  @Id private Long item;
  private float[] vector;

  protected Embedding() {}

  Embedding(long item, float[] vector) {
    this.item = item;
    this.vector = vector;
  }
}
