package io.lodisc.retrieval.blob;

import io.lodisc.web.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;

/** A store that is not on this machine, and lets a test do something before its answers. */
final class GatedBlobs implements BlobStore {

  private final BlobStore store;
  volatile Runnable beforePut = () -> {};
  volatile Runnable afterFound = () -> {};

  GatedBlobs(BlobStore store) {
    this.store = store;
  }

  @Override
  public void put(String key, Resource content) {
    beforePut.run();
    store.put(key, content);
  }

  @Override
  public Resource get(String key) {
    Resource blob = store.get(key);
    return new AbstractResource() {

      @Override
      public boolean exists() {
        boolean found = blob.exists();
        if (found) {
          afterFound.run();
        }
        return found;
      }

      @Override
      public long contentLength() throws IOException {
        return blob.contentLength();
      }

      @Override
      public InputStream getInputStream() throws IOException {
        return blob.getInputStream();
      }

      @Override
      public String getDescription() {
        return blob.getDescription();
      }
    };
  }

  @Override
  public List<Blob> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public void delete(Collection<String> keys) {
    store.delete(keys);
  }

  @Override
  public Optional<Path> folder() {
    return Optional.empty();
  }
}
