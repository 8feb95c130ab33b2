package io.lodisc.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodisc.model.archive.ArchiveException.Reason;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {

  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temporary.resolve("root"));
  }

  @Test
  void aFlatFolderHasNoLabels() throws IOException {
    files("b.JPG", "a.png", "notes.txt", ".hidden.png", "noextension");

    List<Entry> entries = PictureFolder.list(root);

    assertThat(entries).extracting(Entry::path).containsExactly("a.png", "b.JPG");
    assertThat(entries).extracting(Entry::id).containsExactly("a", "b");
    assertThat(entries).extracting(Entry::label).containsOnlyNulls();
    assertThat(entries).extracting(Entry::split).containsOnlyNulls();
    assertThat(entries.getFirst().file()).exists();
  }

  @Test
  void aFolderIsAClass() throws IOException {
    files("wren/1.png", "wren/2.webp", "tit/great/1.gif", "tit/1.bmp", "loose.jpeg");

    assertThat(PictureFolder.list(root))
        .extracting(e -> e.path() + " " + e.id() + " " + e.label())
        .containsExactly(
            "loose.jpeg loose null",
            "tit/1.bmp tit-1 tit",
            "tit/great/1.gif tit-great-1 tit/great",
            "wren/1.png wren-1 wren",
            "wren/2.webp wren-2 wren");
  }

  @Test
  void theFirstLevelMayBeTheSplit() throws IOException {
    files("train/wren/1.png", "test/wren/1.png", "val/2.png");

    assertThat(PictureFolder.list(root))
        .extracting(e -> e.id() + " " + e.split() + " " + e.label())
        .containsExactly("test-wren-1 test wren", "train-wren-1 train wren", "val-2 val null");
  }

  @Test
  void aClassCalledTestIsNoSplitAmongOthers() throws IOException {
    files("test/1.png", "wren/1.png");

    assertThat(PictureFolder.list(root)).extracting(Entry::label).containsExactly("test", "wren");
    assertThat(PictureFolder.list(root)).extracting(Entry::split).containsOnlyNulls();
  }

  @Test
  void looksThroughASingleFolderAroundEverything() throws IOException {
    files("birds/train/wren/1.png", "birds/test/wren/2.png", "readme.txt");

    assertThat(PictureFolder.list(root))
        .extracting(e -> e.path() + " " + e.split() + " " + e.label())
        .containsExactly("test/wren/2.png test wren", "train/wren/1.png train wren");
  }

  @Test
  void aSingleClassIsAClass() throws IOException {
    files("wren/1.png");

    assertThat(PictureFolder.list(root)).extracting(Entry::label).containsExactly("wren");
  }

  @Test
  void readsAManifest() throws IOException {
    files("p/b.png", "p/a.png", "p/unlisted.png");
    manifest(
        """
        \ufeffpath, id ,label,group,split,name,price
        p/b.png,B,wren,cam1,train,"Wren, small",
        p/a.png,,,,,,3
        """);

    List<Entry> entries = PictureFolder.list(root);

    assertThat(entries).hasSize(2);
    Entry a = entries.getFirst();
    assertThat(a.id()).isEqualTo("p-a");
    assertThat(a.label()).isNull();
    assertThat(a.group()).isNull();
    assertThat(a.metadata()).containsExactly(Map.entry("price", "3"));
    Entry b = entries.getLast();
    assertThat(b)
        .extracting(Entry::path, Entry::id, Entry::label, Entry::group, Entry::split)
        .containsExactly("p/b.png", "B", "wren", "cam1", "train");
    assertThat(b.metadata()).containsExactly(Map.entry("name", "Wren, small"));
    assertThat(b.file()).hasContent("p/b.png");
  }

  @Test
  void findsTheManifestInASingleFolder() throws IOException {
    files("birds/p/a.png");
    Files.writeString(root.resolve("birds/manifest.csv"), "path,label\np/a.png,wren\n");

    assertThat(PictureFolder.list(root)).extracting(Entry::path).containsExactly("p/a.png");
  }

  @Test
  void namesTheLineOfAManifestThatIsWrong() throws IOException {
    files("a.png", "b.png");

    assertBad("path,id\na.png,1\nb.png,1\n", "line 3", "'1' is that of line 2");
    assertBad("path,id\na.png,1\nc.png,2\n", "line 3", "no file 'c.png'");
    assertBad("path,id\na.png\n", "line 2", "1 cells");
    assertBad("path,id\n,x\n", "line 2", "path is empty");
    assertBad("file,id\na.png,x\n", "line 1", "no column 'path'");
    assertBad("path;id\na.png;x\n", "line 1", "no column 'path'");
    assertBad("path,path\na.png,x\n", "not valid CSV");
    assertBad("path,id\n\"a.png,x\n", "not valid CSV");
    assertBad("", "no column 'path'");
  }

  @Test
  void refusesAManifestThatIsNotUtf8() throws IOException {
    Files.write(root.resolve("manifest.csv"), new byte[] {'p', 'a', 't', 'h', '\n', (byte) 0xff});

    assertThat(refused()).hasMessageContaining("not valid UTF-8");
    assertThat(refused().reason()).isEqualTo(Reason.BAD_MANIFEST);
  }

  @Test
  void refusesPathsThatLeaveTheFolder() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.png"), "secret");

    for (String path : List.of("../secret.png", "a/../../secret.png", secret.toString())) {
      manifest("path\n" + path + "\n");
      assertThat(refused().reason()).as(path).isEqualTo(Reason.TRAVERSAL);
    }
  }

  @Test
  void refusesLinksThatLeaveTheFolder() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.png"), "secret");
    files("a.png");
    Path link = Files.createSymbolicLink(root.resolve("link.png"), secret);
    assertThat(refused().reason()).isEqualTo(Reason.TRAVERSAL);

    manifest("path\nlink.png\n");
    assertThat(refused().reason()).isEqualTo(Reason.TRAVERSAL);

    Files.delete(root.resolve("manifest.csv"));
    Files.delete(link);
    Files.createSymbolicLink(root.resolve("folder"), temporary);
    assertThat(refused().reason()).isEqualTo(Reason.TRAVERSAL);
  }

  @Test
  void keepsLinksThatStayInside() throws IOException {
    files("a.png");
    Files.createSymbolicLink(root.resolve("b.png"), root.resolve("a.png"));

    assertThat(PictureFolder.list(root)).hasSize(2);
  }

  @Test
  void refusesTwoPicturesOfOneId() throws IOException {
    files("a.png", "a.jpg");

    assertThat(refused().reason()).isEqualTo(Reason.BAD_MANIFEST);
    assertThat(refused()).hasMessageContaining("a.jpg").hasMessageContaining("a.png");
  }

  @Test
  void refusesAFolderWithoutPictures() throws IOException {
    files("readme.txt");
    assertThat(refused().reason()).isEqualTo(Reason.EMPTY);

    manifest("path,id\n");
    assertThat(refused().reason()).isEqualTo(Reason.EMPTY);

    root = root.resolve("nowhere");
    assertThat(refused().reason()).isEqualTo(Reason.EMPTY);
  }

  private void assertBad(String csv, String... words) throws IOException {
    manifest(csv);
    assertThat(refused().reason()).isEqualTo(Reason.BAD_MANIFEST);
    assertThat(refused()).hasMessageContainingAll(words);
  }

  private ArchiveException refused() {
    ArchiveException refused =
        catchThrowableOfType(ArchiveException.class, () -> PictureFolder.list(root));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  private void manifest(String csv) throws IOException {
    Files.writeString(root.resolve("manifest.csv"), csv);
  }

  private void files(String... paths) throws IOException {
    for (String path : paths) {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, path);
    }
  }
}
