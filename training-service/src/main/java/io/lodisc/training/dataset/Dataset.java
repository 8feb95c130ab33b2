package io.lodisc.training.dataset;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.SourceType;

/** A registered picture set. Its pictures stay files. */
@Entity
@Table(schema = "training")
public class Dataset {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long seq;

  private String name;
  private String root;
  private String source;
  private String split;
  private int pictures;
  private int labels;
  private int groups;

  @CreationTimestamp(source = SourceType.DB)
  private Instant createdAt;

  protected Dataset() {}

  Dataset(String name, String root, String source, String split, PictureSet set) {
    this.name = name;
    this.root = root;
    this.source = source;
    this.split = split;
    this.pictures = set.entries().size();
    this.labels = set.labels();
    this.groups = set.groups();
  }

  public String name() {
    return name;
  }

  /** How many pictures it had when it was registered. */
  public int pictures() {
    return pictures;
  }

  String root() {
    return root;
  }

  String split() {
    return split;
  }

  DatasetResponse response() {
    return new DatasetResponse(name, pictures, source, split, labels, groups, createdAt);
  }
}
