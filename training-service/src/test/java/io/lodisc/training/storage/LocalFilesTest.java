package io.lodisc.training.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.training.housekeeping.Headroom;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.web.blob.BlobException;
import io.lodisc.web.blob.BlobStore;
import io.lodisc.web.blob.FolderBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/** Of a store that breaks off every so often. */
@TrainingTest
class LocalFilesTest {

  private static final int SIZE = 25 << 20;
  private static final int BROKEN_OFF_AFTER = 10 << 20;

  @Autowired Headroom disk;
  @TempDir Path folder;
  private final byte[] bytes = new byte[SIZE];
  private Path file;
  private LocalFiles files;
  private long claimed;
  private long transferred;

  @BeforeEach
  void store() {
    new Random(1).nextBytes(bytes);
    file = folder.resolve("file");
    BlobStore blobs = new FolderBlobs(folder.resolve("blobs"));
    blobs.put("key", new ByteArrayResource(bytes));
    files = new LocalFiles(new Breaking(blobs), disk);
  }

  @Test
  void goesOnWhereItWasBrokenOffAndTells() throws IOException {
    List<String> told = new ArrayList<>();
    List<BlobException> failures = new ArrayList<>();

    files.bring("key", file, new Recording(told, failures));

    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(failures).hasSize(2);
    assertThat(transferred).isEqualTo(SIZE);
    assertThat(told).contains("20 of 25 MB");
  }

  @Test
  void endsWhenItIsWantedNoMore() {
    Waiting waiting =
        new Waiting() {
          @Override
          public void tell(String words) {}

          @Override
          public void goOn() {
            throw new StoppedException();
          }
        };

    assertThatThrownBy(() -> files.bring("key", file, waiting))
        .isInstanceOf(StoppedException.class);
    assertThat(transferred).isLessThan(SIZE);
  }

  @Test
  void whoDoesNotWaitHearsOfTheFault() {
    assertThatThrownBy(() -> files.bring("key", file, words -> {}))
        .isInstanceOf(BlobException.class);
  }

  @Test
  void bringsNothingForWhichThereIsNoRoom() {
    claimed = Long.MAX_VALUE / 2;

    assertThatThrownBy(() -> files.bring("key", file, words -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lodisc.training.disk-headroom");
    assertThat(file).doesNotExist();
  }

  private record Recording(List<String> told, List<BlobException> failures) implements Waiting {

    @Override
    public void tell(String words) {
      told.add(words);
    }

    @Override
    public void failed(BlobException e) {
      failures.add(e);
    }
  }

  private final class Breaking implements BlobStore {

    private final BlobStore store;

    private Breaking(BlobStore store) {
      this.store = store;
    }

    @Override
    public Resource get(String key) {
      Resource blob = store.get(key);
      return new AbstractResource() {

        @Override
        public long contentLength() throws IOException {
          return claimed == 0 ? blob.contentLength() : claimed;
        }

        @Override
        public InputStream getInputStream() throws IOException {
          return new BreakingStream(blob.getInputStream());
        }

        @Override
        public String getDescription() {
          return key;
        }
      };
    }

    @Override
    public void put(String key, Resource content) {
      store.put(key, content);
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

  private final class BreakingStream extends InputStream {

    private final InputStream in;
    private int left = BROKEN_OFF_AFTER;

    private BreakingStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        throw new BlobException("broken off", true, null);
      }
      int read = in.read(into, from, Math.min(length, left));
      left -= Math.max(read, 0);
      transferred += Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      return in.skip(count);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
