package io.lodisc.web.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.web.blob.BlobStore.Blob;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourceRegion;
import org.springframework.util.StreamUtils;

/** What is promised of a store, by both of them. */
class BlobStoreTest {

  @TempDir static Path folder;

  static Stream<Named<BlobStore>> stores() throws IOException {
    S3Mock mock = S3Mock.shared();
    return Stream.of(
        Named.of("folder", new FolderBlobs(Files.createTempDirectory(folder, "blobs"))),
        Named.of(
            "S3",
            S3Connection.open(
                new S3Properties(mock.bucket(), mock.endpoint(), null, null, "key", "secret"))));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void keepsAFileUnderItsKey(BlobStore store) throws IOException {
    Instant before = Instant.now().minus(Duration.ofMinutes(1));
    store.put("a/one.bin", content(1, 1000));

    Resource blob = store.get("a/one.bin");

    assertThat(blob.exists()).isTrue();
    assertThat(blob.contentLength()).isEqualTo(1000);
    assertThat(blob.getFilename()).isEqualTo("one.bin");
    assertThat(blob.lastModified()).isGreaterThan(before.toEpochMilli());
    assertThat(blob.getContentAsByteArray()).isEqualTo(bytes(1, 1000));
    store.put("a/one.bin", content(2, 10));
    assertThat(store.get("a/one.bin").getContentAsByteArray()).isEqualTo(bytes(2, 10));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void keepsAnEmptyFileAndOneOfManyParts(BlobStore store) throws IOException {
    store.put("empty", content(1, 0));
    int size = 2 * S3Blobs.PART + 12345;
    store.put("large", content(3, size));
    store.put("even", content(4, S3Blobs.PART));

    assertThat(store.get("empty").getContentAsByteArray()).isEmpty();
    assertThat(store.get("large").contentLength()).isEqualTo(size);
    assertThat(Arrays.equals(store.get("large").getContentAsByteArray(), bytes(3, size))).isTrue();
    assertThat(store.get("even").contentLength()).isEqualTo(S3Blobs.PART);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void givesRanges(BlobStore store) throws IOException {
    byte[] all = bytes(5, 100_000);
    store.put("b/ranged", new ByteArrayResource(all));
    ResourceRegion region = new ResourceRegion(store.get("b/ranged"), 70_000, 20);

    try (InputStream in = region.getResource().getInputStream()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StreamUtils.copyRange(in, out, region.getPosition(), region.getPosition() + 19);
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(all, 70_000, 70_020));
    }
    try (InputStream in = store.get("b/ranged").getInputStream()) {
      assertThat(in.read()).isEqualTo(all[0] & 0xff);
      in.skipNBytes(50_000);
      assertThat(in.read()).isEqualTo(all[50_001] & 0xff);
    }
    try (InputStream in = store.get("b/ranged").getInputStream()) {
      in.skipNBytes(100_000);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void saysThatABlobIsNotThere(BlobStore store) {
    Resource none = store.get("none/such");

    assertThat(none.exists()).isFalse();
    assertThatThrownBy(none::contentLength).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(none::getContentAsByteArray)
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(FileNotFoundException.class),
            e -> assertThat(e).isInstanceOf(NoSuchFileException.class));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void listsAndDeletesByKeyAndPrefix(BlobStore store) {
    List<String> keys = IntStream.range(0, 12).mapToObj("c/many/%04d"::formatted).toList();
    store.put("c/manymore", content(1, 7));
    store.put("d", content(1, 9));
    keys.forEach(key -> store.put(key, content(1, 3)));

    assertThat(store.list("c/many/").stream().map(Blob::key)).isEqualTo(keys);
    assertThat(store.list("c/many/0000").getFirst().bytes()).isEqualTo(3);
    assertThat(store.list("c/many")).hasSize(13);
    assertThat(store.list("nowhere/")).isEmpty();
    store.delete(List.of());
    store.delete(IntStream.rangeClosed(9, 1010).mapToObj("c/many/%04d"::formatted).toList());
    assertThat(store.list("c/many/").stream().map(Blob::key)).isEqualTo(keys.subList(0, 9));
    assertThat(store.deleteAll("c/many/")).isEqualTo(3 * 9);
    assertThat(store.list("c/").stream().map(Blob::key)).containsExactly("c/manymore");
    assertThat(store.get("d").exists()).isTrue();
  }

  @Test
  void aFileThatLiesInItsPlaceIsNotCopied() throws IOException {
    FolderBlobs store = new FolderBlobs(folder.resolve("placed"));
    store.put("x/file", content(1, 5));
    Path file = store.folder().orElseThrow().resolve("x/file");
    Object before = Files.readAttributes(file, "unix:ino").get("ino");

    store.put("x/file", new FileSystemResource(file));

    assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(before);
    assertThat(Files.list(file.getParent())).containsExactly(file);
  }

  @Test
  void noKeyLeadsOutOfTheFolder() {
    FolderBlobs store = new FolderBlobs(folder.resolve("closed"));

    assertThatThrownBy(() -> store.get("../secret")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.put("/etc/x", content(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Resource content(long seed, int size) {
    return new ByteArrayResource(bytes(seed, size));
  }

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
