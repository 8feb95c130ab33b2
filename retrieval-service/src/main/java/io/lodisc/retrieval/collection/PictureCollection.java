package io.lodisc.retrieval.collection;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A collection of items whose embeddings are all from one checkpoint. */
@Entity
@Table(schema = "retrieval", name = "collection")
public class PictureCollection {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long key;

  private String name;
  private String model;
  private String checkpoint;
  private Integer dimension;
  private int items;
  private long version;
  private Instant createdAt;

  protected PictureCollection() {}

  PictureCollection(String name, String model, Instant createdAt) {
    this.name = name;
    this.model = model;
    this.createdAt = createdAt;
  }

  /** Counts items that are being added; the first ones settle the checkpoint. */
  public void add(int added, String checkpoint, int dimension) {
    this.checkpoint = checkpoint;
    this.dimension = dimension;
    items += added;
    version++;
  }

  /** Counts an item that is being removed. */
  public void removeOne() {
    items--;
    version++;
  }

  public long key() {
    return key;
  }

  public String name() {
    return name;
  }

  /** The alias that new pictures are embedded with. */
  public String model() {
    return model;
  }

  /** The checkpoint of the embeddings; null before the first item. */
  public String checkpoint() {
    return checkpoint;
  }

  /** Length of the embeddings; null before the first item. */
  public Integer dimension() {
    return dimension;
  }

  public int items() {
    return items;
  }

  /** Rises with every change of the items. */
  public long version() {
    return version;
  }

  Instant createdAt() {
    return createdAt;
  }
}
