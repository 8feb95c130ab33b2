package io.lodisc.training.checkpoint;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.SourceType;

/** A checkpoint. Its content never changes once registered; where its files lie may. */
@Entity
@Table(schema = "training")
class Checkpoint {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long seq;

  private String id;
  private String folder;
  private String manifest;

  @CreationTimestamp(source = SourceType.DB)
  private Instant createdAt;

  protected Checkpoint() {}

  /**
   * @param id safe in a URL
   * @param folder the blob store's key
   * @param manifest as JSON
   */
  Checkpoint(String id, String folder, String manifest) {
    this.id = id;
    this.folder = folder;
    this.manifest = manifest;
  }

  void movedTo(String newFolder) {
    folder = newFolder;
  }

  void replaced(String newFolder, String newManifest) {
    folder = newFolder;
    manifest = newManifest;
  }

  String id() {
    return id;
  }

  String folder() {
    return folder;
  }

  String manifest() {
    return manifest;
  }

  Instant createdAt() {
    return createdAt;
  }
}
