package io.lodisc.training.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.training.support.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCacheTest {

  private static final int SHORT_SIDE = 30;
  private static final int PICTURE = 3 * 39 * 30;
  private static final long MUCH = 1 << 20;

  @TempDir private Path folder;
  private Path disk;
  private List<Path> files;

  @BeforeEach
  void copy() throws IOException {
    disk = folder.resolve("cache");
    files = Stream.of("a.jpg", "b.jpg", "c.jpg").map(folder::resolve).toList();
    Files.write(files.get(0), Recorded.bytes("/jpegs/baseline.jpg"));
    Files.write(files.get(1), Recorded.bytes("/jpegs/grey.jpg"));
    Files.write(files.get(2), Recorded.bytes("/jpegs/progressive.jpg"));
  }

  @Test
  void aPictureIsTheSameFromFileMemoryAndDisk() throws IOException {
    PictureCache memory = new PictureCache(files, SHORT_SIDE, MUCH, disk);
    PictureCache onDisk = new PictureCache(files, SHORT_SIDE, 0, disk);
    PictureCache nowhere = new PictureCache(files, SHORT_SIDE, 0, null);
    for (int i = 0; i < files.size(); i++) {
      byte[] decoded = nowhere.get(i).rgb();
      assertThat(decoded).hasSize(PICTURE);
      for (PictureCache cache : List.of(memory, onDisk, nowhere)) {
        assertThat(cache.get(i).rgb()).containsExactly(decoded);
        assertThat(cache.get(i).rgb()).containsExactly(decoded);
      }
    }
    assertThat(cached()).hasSize(3);
  }

  @Test
  void memoryHoldsAsManyAsFitAndTheDiskTheOthers() throws IOException {
    PictureCache cache = new PictureCache(files, SHORT_SIDE, 2 * PICTURE, disk);

    for (int i : new int[] {0, 1, 2, 0, 1, 2}) {
      cache.get(i);
    }

    assertThat(cached()).hasSize(1);
  }

  @Test
  void whatIsCachedIsNotDecodedAgain() throws IOException {
    PictureCache memory = new PictureCache(files, SHORT_SIDE, MUCH, null);
    byte[] decoded = memory.get(0).rgb();
    new PictureCache(files, SHORT_SIDE, 0, disk).get(0);

    overwriteUnnoticed(files.get(0));

    assertThat(memory.get(0).rgb()).containsExactly(decoded);
    assertThat(new PictureCache(files, SHORT_SIDE, 0, disk).get(0).rgb()).containsExactly(decoded);
    assertThatThrownBy(() -> new PictureCache(files, SHORT_SIDE, 0, null).get(0))
        .isInstanceOf(UnreadablePictureException.class);
  }

  @Test
  void anotherShortSideIsAnotherPicture() {
    new PictureCache(files, SHORT_SIDE, 0, disk).get(0);

    assertThat(new PictureCache(files, 20, 0, disk).get(0).height()).isEqualTo(20);
  }

  @Test
  void aChangedFileIsDecodedAnew() throws IOException {
    PictureCache memory = new PictureCache(files, SHORT_SIDE, MUCH, null);
    PictureCache onDisk = new PictureCache(files, SHORT_SIDE, 0, disk);
    byte[] before = memory.get(0).rgb();
    onDisk.get(0);

    Files.write(files.get(0), Recorded.bytes("/jpegs/grey.jpg"));

    byte[] now = memory.get(1).rgb();
    assertThat(now).isNotEqualTo(before);
    assertThat(memory.get(0).rgb()).containsExactly(now);
    assertThat(onDisk.get(0).rgb()).containsExactly(now);
  }

  @Test
  void aDamagedCacheFileIsMadeAnew() throws IOException {
    byte[] decoded = new PictureCache(files, SHORT_SIDE, 0, disk).get(0).rgb();
    Path file = cached().getFirst();
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[1000] ^= 1;
    for (byte[] damaged : List.of(flipped, new byte[0], new byte[5], new byte[whole.length])) {
      Files.write(file, damaged);

      assertThat(new PictureCache(files, SHORT_SIDE, 0, disk).get(0).rgb())
          .containsExactly(decoded);
      assertThat(Files.readAllBytes(file)).containsExactly(whole);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenToCostsOnlyTime() throws IOException {
    Files.writeString(disk, "a file");

    assertThat(new PictureCache(files, SHORT_SIDE, 0, disk).get(0).rgb()).hasSize(PICTURE);
  }

  @Test
  void aFileThatVanishesOrBreaksIsNamedAlsoIfItWasCached() throws IOException {
    PictureCache memory = new PictureCache(files, SHORT_SIDE, MUCH, null);
    PictureCache onDisk = new PictureCache(files, SHORT_SIDE, 0, disk);
    for (PictureCache cache : List.of(memory, onDisk)) {
      cache.get(0);
      cache.get(1);
    }

    Files.delete(files.get(0));
    Files.write(files.get(1), new byte[] {'?'});

    for (PictureCache cache : List.of(memory, onDisk)) {
      assertThatThrownBy(() -> cache.get(0))
          .isInstanceOf(UnreadablePictureException.class)
          .hasMessage(files.get(0) + " cannot be read: the file is gone");
      assertThatThrownBy(() -> cache.get(1))
          .isInstanceOf(UnreadablePictureException.class)
          .hasMessageStartingWith(files.get(1) + " cannot be used: ");
    }
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> list = Files.list(disk)) {
      return list.toList();
    }
  }

  /** Keeps the size and the time. */
  private static void overwriteUnnoticed(Path file) throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    Files.write(file, new byte[(int) Files.size(file)]);
    Files.setLastModifiedTime(file, modified);
  }
}
