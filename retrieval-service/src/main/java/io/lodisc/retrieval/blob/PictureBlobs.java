package io.lodisc.retrieval.blob;

import io.lodisc.retrieval.config.RetrievalProperties;
import io.lodisc.web.blob.BlobStore;
import io.lodisc.web.blob.FolderBlobs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** The pictures, each named by the SHA-256 of its bytes. */
@Component
public class PictureBlobs {

  /** A store that is not on this machine is waited for more than it works. */
  private static final int AT_A_TIME = 8;

  private final BlobStore store;
  private final String prefix;

  PictureBlobs(BlobStore store, RetrievalProperties properties) {
    boolean apart = store.folder().isEmpty();
    this.store = apart ? store : new FolderBlobs(properties.pictures());
    this.prefix = apart ? "pictures/" : "";
  }

  /** Stores those that are not there yet, each in full or not at all; the first fault ends it. */
  void put(Map<String, Resource> pictures) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Future<?>> all =
          pictures.entrySet().stream()
              .<Future<?>>map(one -> threads.submit(() -> put(one.getKey(), one.getValue())))
              .toList();
      try {
        for (Future<?> one : all) {
          one.get();
        }
      } finally {
        all.forEach(one -> one.cancel(false));
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException("a picture's thread failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while pictures were stored", e);
    }
  }

  private void put(String sha256, Resource content) {
    String key = key(sha256);
    if (!store.get(key).exists()) {
      store.put(key, content);
    }
  }

  /** The picture's bytes. */
  public Resource get(String sha256) {
    return store.get(key(sha256));
  }

  void delete(Collection<String> pictures) {
    store.delete(pictures.stream().map(this::key).toList());
  }

  private String key(String sha256) {
    return prefix + sha256.substring(0, 2) + "/" + sha256;
  }
}
