package io.lodisc.web.blob;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;

/**
 * Files by key. A key is a relative path with slashes, such as {@code pictures/ab/abcd}. Whatever
 * cannot be done for a reason of the store's is a {@link BlobException}.
 */
public interface BlobStore {

  /**
   * What a listing tells of a blob.
   *
   * @param bytes its size
   * @param changed when it was stored
   */
  record Blob(String key, long bytes, Instant changed) {}

  /** Stores a file, whole or not at all, in the place of what was there. */
  void put(String key, Resource content);

  /**
   * A blob that may be there. If it is not, its length and its bytes are a {@link
   * java.io.FileNotFoundException}. What is skipped before the first byte is read is not
   * transferred.
   */
  Resource get(String key);

  /** All whose key begins so, by key. */
  List<Blob> list(String prefix);

  /** Deletes those that are there. */
  void delete(Collection<String> keys);

  /** Deletes all whose key begins so, and says how many bytes they had. */
  default long deleteAll(String prefix) {
    List<Blob> all = list(prefix);
    delete(all.stream().map(Blob::key).toList());
    return all.stream().mapToLong(Blob::bytes).sum();
  }

  /** The folder in which keys are paths; empty if the blobs are not files of this machine. */
  Optional<Path> folder();
}
