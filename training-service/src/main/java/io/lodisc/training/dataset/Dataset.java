package io.lodisc.training.dataset;

import io.lodisc.model.dataset.LayoutOptions;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.SourceType;
import tools.jackson.databind.json.JsonMapper;

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
  private String layout;
  private long seed;
  private double testShare;
  private String leftOut;
  private String report;

  @CreationTimestamp(source = SourceType.DB)
  private Instant createdAt;

  protected Dataset() {}

  Dataset(
      String name, String root, String source, Reading reading, PictureSet set, JsonMapper json) {
    this.name = name;
    this.root = root;
    this.source = source;
    this.split = reading.split();
    this.pictures = set.splits().training().size();
    this.labels = set.labels();
    this.groups = set.groups();
    this.layout = set.checked().report().layout();
    this.seed = reading.options().seed();
    this.testShare = reading.options().testShare();
    this.leftOut = json.writeValueAsString(set.leftOut());
    this.report = json.writeValueAsString(set.checked().report());
  }

  Long seq() {
    return seq;
  }

  public String name() {
    return name;
  }

  /** How many pictures there were to train on when it was registered. */
  public int pictures() {
    return pictures;
  }

  /** The one that was named or recognised. */
  public String layout() {
    return layout;
  }

  String root() {
    return root;
  }

  /** How its folder was read, and is to be read again. */
  Reading reading() {
    return new Reading(layout, split, true, new LayoutOptions(seed, testShare));
  }

  /** Paths of the pictures that could not be read. */
  List<String> leftOut(JsonMapper json) {
    return List.of(json.readValue(leftOut, String[].class));
  }

  DatasetResponse response(JsonMapper json) {
    return new DatasetResponse(
        name,
        pictures,
        source,
        layout,
        split,
        labels,
        groups,
        seed,
        testShare,
        report == null ? null : json.readTree(report),
        createdAt);
  }
}
