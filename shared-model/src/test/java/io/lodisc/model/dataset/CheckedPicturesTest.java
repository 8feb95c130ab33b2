package io.lodisc.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetException.Reason;
import io.lodisc.model.dataset.DatasetReport.Duplicate;
import io.lodisc.model.dataset.DatasetReport.LonelyLabel;
import io.lodisc.model.dataset.DatasetReport.Unreadable;
import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedPicturesTest {

  @TempDir Path folder;

  @Test
  void refusesAPublishedSetThatIsNotWhole() throws IOException {
    Replicas.cub(folder);
    Files.delete(folder.resolve("CUB_200_2011/images/003.Sooty_Albatross/Albatross_0004_4.jpg"));

    Throwable refused = catchThrowable(() -> read("cub", false));

    assertThat(refused)
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll(
            "2 train pictures where there should be 5994",
            "2 test pictures where there should be 5794",
            "2 classes where there should be 200",
            "'images/003.Sooty_Albatross/Albatross_0004_4.jpg' (images.txt, line 5)");
    assertThat(((DatasetException) refused).reason()).isEqualTo(Reason.WRONG_COUNTS);
    assertThat(((DatasetException) refused).hint()).contains("\"partial\": true");
  }

  @Test
  void takesAPartAndWarns() throws IOException {
    Replicas.cub(folder);
    Files.delete(folder.resolve("CUB_200_2011/images/003.Sooty_Albatross/Albatross_0004_4.jpg"));

    DatasetReport report = read("cub", true).report();

    assertThat(report.layout()).isEqualTo("cub");
    assertThat(report.pictures()).containsExactly(entry("test", 2), entry("train", 2));
    assertThat(report.classes()).isEqualTo(2);
    assertThat(report.counts()).contains(new Count("train pictures", 5994, 2));
    assertThat(report.missing().count()).isEqualTo(1);
    assertThat(report.warnings())
        .anyMatch(w -> w.contains("2 train pictures where there should be 5994"))
        .anyMatch(w -> w.equals("Listed files that are not there: 1."));
  }

  @Test
  void greyPicturesAreUsableAndBecomeColour() throws IOException {
    Replicas.cub(folder);
    Entry grey = read("cub", true).usable().get(1);

    Picture picture =
        PictureDecoder.decode(Files.readAllBytes(grey.file()), PictureDecoder.Limits.DEFAULT);

    assertThat(grey.path()).endsWith("Albatross_0002_2.jpg");
    assertThat(picture.rgb()).hasSize(3 * 12 * 10);
    for (int i = 0; i < picture.rgb().length; i += 3) {
      assertThat(picture.rgb()[i]).isEqualTo(picture.rgb()[i + 1]).isEqualTo(picture.rgb()[i + 2]);
    }
  }

  @Test
  void leavesOutWhatCannotBeRead() {
    pictures(40);
    Drawn.truncate(folder.resolve("a/7.jpg"));
    Replicas.text(folder.resolve("a/8.jpg"), "<html>not found</html>");

    CheckedPictures checked = read("folder", false);

    assertThat(checked.usable()).hasSize(38).extracting(Entry::id).doesNotContain("a-7", "a-8");
    assertThat(checked.unreadable())
        .extracting(Unreadable::path)
        .containsExactly("a/7.jpg", "a/8.jpg");
    assertThat(checked.unreadable().getFirst().reason()).contains("cut off");
    assertThat(checked.report().unreadable().first()).isEqualTo(checked.unreadable());
    assertThat(checked.report().pictures()).containsExactly(entry("none", 40));
    assertThat(checked.report().warnings())
        .anyMatch(w -> w.equals("Pictures that cannot be read and are left out: 2."));
  }

  @Test
  void refusesASetOfWhichTooMuchCannotBeRead() {
    pictures(40);
    for (int i = 7; i < 10; i++) {
      Drawn.truncate(folder.resolve("a/%d.jpg".formatted(i)));
    }

    for (boolean partial : new boolean[] {false, true}) {
      assertThat(catchThrowable(() -> read("folder", partial)))
          .isInstanceOf(PictureException.class)
          .hasMessageContainingAll("3 of the 40", "5 %", "a/7.jpg", "cut off");
    }
  }

  @Test
  void refusesAManifestOfWhichTooMuchIsMissingUnlessItIsAPart() {
    pictures(18);
    StringBuilder manifest = new StringBuilder("path\n");
    for (int i = 0; i < 20; i++) {
      manifest.append("a/%d.jpg\n".formatted(i));
    }
    Replicas.text(folder.resolve("manifest.csv"), manifest.toString());

    assertThat(catchThrowable(() -> read("manifest", false)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContainingAll("2 of the listed files", "'a/18.jpg'", "line 20");
    assertThat(read("manifest", true).usable()).hasSize(18);
    Drawn.jpeg(folder.resolve("a/18.jpg"), 18);
    assertThat(read("manifest", false).report().missing().count()).isEqualTo(1);
  }

  @Test
  void reportsDuplicatesByContentThoseAcrossSplitsFirst() {
    Drawn.jpeg(folder.resolve("test/wren/1.jpg"), 1);
    Drawn.jpeg(folder.resolve("test/wren/2.jpg"), 2);
    Drawn.jpeg(folder.resolve("test/wren/3.jpg"), 2);
    Drawn.jpeg(folder.resolve("train/tit/9.jpg"), 4);
    Drawn.jpeg(folder.resolve("train/wren/1.jpg"), 3);
    Drawn.jpeg(folder.resolve("train/wren/9.jpg"), 4);
    Drawn.jpeg(folder.resolve("train/wren/other name.jpg"), 1);

    DatasetReport report = read("auto", false).report();

    assertThat(report.duplicates().first())
        .containsExactly(
            new Duplicate(
                true, Excerpt.of(List.of("test/wren/1.jpg", "train/wren/other name.jpg"))),
            new Duplicate(false, Excerpt.of(List.of("test/wren/2.jpg", "test/wren/3.jpg"))),
            new Duplicate(false, Excerpt.of(List.of("train/tit/9.jpg", "train/wren/9.jpg"))));
    assertThat(report.duplicatesAcrossSplits()).isEqualTo(1);
    assertThat(report.warnings())
        .anyMatch(w -> w.matches("Pictures that are in train and.* too good: 1."));
  }

  @Test
  void warnsOfALabelInOneSplitOnly() {
    Drawn.jpeg(folder.resolve("test/wren/1.jpg"), 1);
    Drawn.jpeg(folder.resolve("train/wren/2.jpg"), 2);
    Drawn.jpeg(folder.resolve("train/tit/3.jpg"), 3);
    Drawn.jpeg(folder.resolve("test/dunnock/4.jpg"), 4);

    DatasetReport report = read("auto", false).report();

    assertThat(report.labelsInOneSplit().first())
        .containsExactly(new LonelyLabel("dunnock", "test"), new LonelyLabel("tit", "train"));
    assertThat(report.warnings()).containsExactly("Labels that are in one split only: 2.");
  }

  @Test
  void aCleanSetHasNoWarnings() {
    pictures(20);

    DatasetReport report = read("auto", false).report();

    assertThat(report.warnings()).isEmpty();
    assertThat(report.duplicates().count()).isZero();
    assertThat(report.labelsInOneSplit().count()).isZero();
  }

  @Test
  void longListsAreCutAndCounted() {
    for (int i = 0; i < 130; i++) {
      Drawn.jpeg(folder.resolve("a/%03d.jpg".formatted(i)), 1);
      Drawn.jpeg(folder.resolve("b/%03d.jpg".formatted(i)), 100 + i / 2 * 2);
    }

    DatasetReport report = read("folder", false).report();

    assertThat(report.duplicates().count()).isEqualTo(66);
    Excerpt<String> longest = report.duplicates().first().getFirst().paths();
    assertThat(longest.count()).isEqualTo(130);
    assertThat(longest.first()).hasSize(100).startsWith("a/000.jpg");
  }

  private void pictures(int count) {
    for (int i = 0; i < count; i++) {
      Drawn.jpeg(folder.resolve("a/%d.jpg".formatted(i)), i);
    }
  }

  private CheckedPictures read(String layout, boolean partial) {
    return CheckedPictures.read(Layouts.read(layout, folder, LayoutOptions.DEFAULT), partial);
  }
}
