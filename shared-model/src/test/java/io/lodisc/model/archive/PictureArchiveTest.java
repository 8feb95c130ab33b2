package io.lodisc.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodisc.model.archive.ArchiveException.Reason;
import io.lodisc.model.archive.PictureArchive.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureArchiveTest {

  @TempDir Path folder;
  private Path into;

  @BeforeEach
  void chooseAFolder() {
    into = folder.resolve("sets/birds");
  }

  @Test
  void unpacksFilesAndLeavesLitterOut() throws IOException {
    Path zip =
        Zips.of(
            folder,
            "a/one.png",
            "./b/c/two.png",
            "readme.txt",
            "__MACOSX/a/._one.png",
            "a/.DS_Store",
            ".git/config",
            "a/Thumbs.db");

    PictureArchive.extract(zip, into, Limits.DEFAULT);

    assertThat(files(into)).containsExactly("a/one.png", "b/c/two.png", "readme.txt");
    assertThat(into.resolve("a/one.png")).hasContent("a/one.png");
    assertThat(names(into.getParent())).containsExactly("birds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.png",
        "a/../../x.png",
        "a/..",
        "/etc/x.png",
        "a\\x.png",
        "..\\x.png",
        "C:/x.png",
        "c:x.png",
        "a\0b.png",
        "a\nb.png",
        "./"
      })
  void refusesPathsThatCouldLeaveTheFolder(String name) throws IOException {
    Path zip = Zips.of(folder, "good.png", name);

    assertThat(refused(zip, Limits.DEFAULT).reason()).isEqualTo(Reason.TRAVERSAL);
    assertNothingIsLeft();
  }

  @Test
  void refusesANameThatIsTooLong() {
    Path zip = Zips.of(folder, "ü".repeat(150) + ".png");

    assertThat(refused(zip, Limits.DEFAULT).reason()).isEqualTo(Reason.TRAVERSAL);
  }

  @Test
  void refusesTheSameNameTwice() throws IOException {
    Path zip = Zips.of(folder, "one.png", "two.png");
    Zips.replace(zip, "two.png", "one.png");

    assertThat(refused(zip, Limits.DEFAULT)).hasMessageContaining("'one.png' is there twice");
    assertNothingIsLeft();
  }

  @Test
  void refusesTheSameNameWrittenDifferently() {
    Path zip = Zips.of(folder, "a/one.png", "a//one.png");

    assertThat(refused(zip, Limits.DEFAULT)).hasMessageContaining("is there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,a/b", "a/b,a"})
  void refusesAFileThatIsAFolderToo(String names) throws IOException {
    Path zip = Zips.of(folder, names.split(","));

    assertThat(refused(zip, Limits.DEFAULT)).hasMessageContaining("both a file and a folder");
    assertNothingIsLeft();
  }

  @Test
  void refusesTooManyFiles() throws IOException {
    Path zip = Zips.of(folder, "1", "2", "3");

    PictureArchive.extract(zip, folder.resolve("three"), new Limits(3, 100, 100));
    assertThat(refused(zip, new Limits(2, 100, 100)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertNothingIsLeft();
  }

  @Test
  void countsBytesWhileUnpacking() throws IOException {
    Path zip = bomb(2, 3 << 20);

    PictureArchive.extract(zip, folder.resolve("allowed"), new Limits(2, 3 << 20, 6 << 20));
    assertThat(refused(zip, new Limits(2, (3 << 20) - 1, 6 << 20)))
        .hasMessageContaining("'0' unpacks to more than 3145727 bytes");
    assertThat(refused(zip, new Limits(2, 3 << 20, (6 << 20) - 1)).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertNothingIsLeft();
  }

  @Test
  void doesNotBelieveTheHeadersSizes() throws IOException {
    Path zip = bomb(1, 3 << 20);
    Zips.replace(zip, "\0\0" + "0" + "\0", "\020\0\0\0"); // says 16 bytes where there are 3 MiB

    assertThat(refused(zip, new Limits(2, 1 << 20, 1 << 20))).isNotNull();
    assertNothingIsLeft();
  }

  @Test
  void refusesWhatIsNoZip() throws IOException {
    Path text = Files.writeString(folder.resolve("x.zip"), "this is a text");
    Path empty = Files.createFile(folder.resolve("empty.zip"));
    Path cut = Zips.of(folder, "a.png", "b.png");
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 30));

    for (Path file : List.of(text, empty, cut)) {
      assertThat(refused(file, Limits.DEFAULT).reason()).isEqualTo(Reason.NOT_AN_ARCHIVE);
    }
    assertNothingIsLeft();
  }

  @Test
  void refusesADamagedEntry() throws IOException {
    Path zip = folder.resolve("stored.zip");
    try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      entries.setLevel(0);
      entries.putNextEntry(new ZipEntry("a.png"));
      entries.write("the content".getBytes());
    }
    Zips.replace(zip, "the content", "THE content");

    assertThat(refused(zip, Limits.DEFAULT).reason()).isEqualTo(Reason.NOT_AN_ARCHIVE);
    assertThat(refused(zip, Limits.DEFAULT)).hasMessageContaining("'a.png' is damaged");
  }

  @Test
  void refusesAnArchiveOfNothing() {
    assertThat(refused(Zips.of(folder, "a/"), Limits.DEFAULT).reason()).isEqualTo(Reason.EMPTY);
    assertThat(refused(Zips.of(folder, ".DS_Store"), Limits.DEFAULT).reason())
        .isEqualTo(Reason.EMPTY);
  }

  @Test
  void readsNamesOfOldWindows() throws IOException {
    Path zip = Zips.of(folder, Charset.forName("IBM437"), "größe.png");

    PictureArchive.extract(zip, into, Limits.DEFAULT);

    assertThat(files(into)).containsExactly("größe.png");
  }

  @Test
  void keepsAFolderThatIsThere() throws IOException {
    Files.createDirectories(into);
    Path mine = Files.writeString(into.resolve("mine.txt"), "mine");

    assertThatThrownBy(() -> PictureArchive.extract(Zips.of(folder, "a.png"), into, Limits.DEFAULT))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(mine).hasContent("mine");
  }

  private ArchiveException refused(Path zip, Limits limits) {
    ArchiveException refused =
        catchThrowableOfType(
            ArchiveException.class, () -> PictureArchive.extract(zip, into, limits));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(names(into.getParent())).isEmpty();
  }

  private Path bomb(int files, int bytes) throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < files; i++) {
        entries.putNextEntry(new ZipEntry(String.valueOf(i)));
        entries.write(new byte[bytes]);
      }
    }
    return zip;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(p -> p.getFileName().toString()).toList();
    }
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(p -> root.relativize(p).toString())
          .sorted()
          .toList();
    }
  }
}
