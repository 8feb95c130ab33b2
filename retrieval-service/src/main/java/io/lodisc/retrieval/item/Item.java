package io.lodisc.retrieval.item;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A picture of a collection, without its embedding. */
@Entity
@Table(schema = "retrieval", name = "item")
public class Item {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "retrieval.item_key")
  @SequenceGenerator(
      name = "retrieval.item_key",
      schema = "retrieval",
      sequenceName = "item_key",
      allocationSize = 50)
  private Long key;

  private long collection;
  private String id;
  private String label;

  @Column(name = "item_group")
  private String group;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> metadata;

  private String picture;
  private String mediaType;
  private int width;
  private int height;
  private Instant createdAt;

  protected Item() {}

  Item(long collection, NewItem item, Instant createdAt) {
    this.collection = collection;
    this.id = item.id();
    this.label = item.label();
    this.group = item.group();
    this.metadata = item.metadata();
    this.picture = item.picture().sha256();
    this.mediaType = item.picture().mediaType();
    this.width = item.picture().width();
    this.height = item.picture().height();
    this.createdAt = createdAt;
  }

  long key() {
    return key;
  }

  String id() {
    return id;
  }

  String label() {
    return label;
  }

  String group() {
    return group;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** SHA-256 of the picture's bytes. */
  String picture() {
    return picture;
  }

  String mediaType() {
    return mediaType;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  Instant createdAt() {
    return createdAt;
  }
}
