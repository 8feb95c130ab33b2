package io.lodisc.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.archive.MissingFile;
import io.lodisc.model.dataset.DatasetException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadAnnotationsTest {

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeAFolderBesideASecret() {
    folder = temporary.resolve("set");
    Drawn.jpeg(temporary.resolve("secret.jpg"), 9);
  }

  @Test
  void noPathLeavesTheFolder() {
    Path cub = Replicas.cub(folder.resolve("cub")).resolve("CUB_200_2011");
    Replicas.edit(
        cub.resolve("images.txt"), "003.Sooty_Albatross/Albatross_0004_4.jpg", "../../../../s.jpg");
    Path data = Replicas.aircraft(folder.resolve("air")).resolve("fgvc-aircraft-2013b/data");
    Replicas.edit(data.resolve("images_variant_test.txt"), "0062765", "../../../../../secret");
    Path cars = Replicas.carsDevkit(folder.resolve("cars"));
    Replicas.annotations(
        cars.resolve("devkit/cars_train_annos.mat"),
        List.of(Replicas.car("../../../secret.jpg", 1)));

    for (Path set : List.of(cub, data, cars)) {
      ArchiveException refused = catchThrowableOfType(ArchiveException.class, () -> read(set));
      assertThat(refused).as(set.toString()).isNotNull();
      assertThat(refused.reason()).isEqualTo(ArchiveException.Reason.TRAVERSAL);
    }
  }

  @Test
  void noLinkLeavesTheFolder() throws IOException {
    Path picture = Replicas.carsDevkit(folder).resolve("cars_train/00002.jpg");
    Files.delete(picture);
    Files.createSymbolicLink(picture, temporary.resolve("secret.jpg"));

    assertThat(catchThrowableOfType(ArchiveException.class, () -> read(folder)).reason())
        .isEqualTo(ArchiveException.Reason.TRAVERSAL);
  }

  @Test
  void noAnnotationFileIsALinkOut() throws IOException {
    Path secret = Replicas.text(temporary.resolve("secret.txt"), "1 a secret\n");
    Path cub = Replicas.cub(folder.resolve("cub")).resolve("CUB_200_2011/classes.txt");
    Path data = Replicas.aircraft(folder.resolve("air")).resolve("fgvc-aircraft-2013b/data");
    Path cars = Replicas.carsSingleFile(folder.resolve("cars")).resolve("cars_annos.mat");

    for (Path file : List.of(cub, data.resolve("variants.txt"), cars)) {
      Files.delete(file);
      Files.createSymbolicLink(file, secret);
      assertThat(catchThrowable(() -> read(file.getParent())))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining(file.getFileName().toString())
          .hasMessageContaining("leads out");
    }
  }

  @Test
  void aMissingPictureIsListed() throws IOException {
    Replicas.aircraft(folder);
    Files.delete(folder.resolve("fgvc-aircraft-2013b/data/images/0056978.jpg"));

    Listing listing = read(folder);

    assertThat(listing.entries()).hasSize(4);
    assertThat(listing.missing())
        .containsExactly(
            new MissingFile("images/0056978.jpg", "images_variant_trainval.txt, line 3"));
  }

  @Test
  void cubsFilesMustAgree() {
    Path cub = Replicas.cub(folder).resolve("CUB_200_2011");

    assertRefused(cub.resolve("image_class_labels.txt"), "4 2\n", "", "images.txt, line 4", "'4'");
    assertRefused(cub.resolve("image_class_labels.txt"), "5 3", "5 9", "classes.txt", "'9'");
    assertRefused(cub.resolve("train_test_split.txt"), "2 0", "2 yes", "'yes'");
    assertRefused(cub.resolve("train_test_split.txt"), "2 0", "2", "line 2", "'2'");
    assertRefused(cub.resolve("images.txt"), "2 001", "1 001", "line 2", "line 1 already");
    assertRefused(cub.resolve("images.txt"), "0002_2", "0001_1", "line 2", "line 1 already");
  }

  @Test
  void aircraftsFilesMustAgree() {
    Path data = Replicas.aircraft(folder).resolve("fgvc-aircraft-2013b/data");

    assertRefused(data.resolve("variants.txt"), "F/A-18", "F-18", "line 2", "'F/A-18'");
    assertRefused(
        data.resolve("images_variant_test.txt"),
        "0062765",
        "0034309",
        "test.txt, line 1",
        "line 2");
  }

  @Test
  void carsFilesMustAgree() {
    Replicas.carsDevkit(folder);
    Path annotations = folder.resolve("devkit/cars_train_annos.mat");

    Replicas.annotations(annotations, List.of(Replicas.car("00001.jpg", 4)));
    assertThat(refused()).hasMessageContaining("element 1").hasMessageContaining("no class 4 of 3");
    Replicas.annotations(annotations, List.of(Map.of("class", (byte) 1)));
    assertThat(refused()).hasMessageContaining("element 1").hasMessageContaining("'fname'");
    MatFiles.write(annotations, Map.of("other", MatFiles.cell(List.of())));
    assertThat(refused()).hasMessageContaining("it has no struct array 'annotations'");
    Replicas.text(annotations, "no MATLAB file");
    assertThat(refused()).hasMessageContaining("cars_train_annos.mat: it is no readable MATLAB");
  }

  @Test
  void aCutMatFileIsRefused() {
    Replicas.carsSingleFile(folder);
    Drawn.truncate(folder.resolve("cars_annos.mat"));

    assertThat(refused()).hasMessageContaining("cars_annos.mat: ");
  }

  @Test
  void carsHaveNoPicturesOutsideOfTheirSplits() {
    Replicas.carsFolders(folder);
    Drawn.jpeg(folder.resolve("car_data/car_data/other/1.jpg"), 1);

    assertThat(refused()).hasMessageContaining("outside of train and test");
  }

  private void assertRefused(Path file, String from, String to, String... words) {
    String whole = Replicas.edit(file, from, to);
    assertThat(refused()).hasMessageContainingAll(words);
    Replicas.text(file, whole);
  }

  private DatasetException refused() {
    DatasetException refused = catchThrowableOfType(DatasetException.class, () -> read(folder));
    assertThat(refused).as("a refusal").isNotNull();
    assertThat(refused.reason()).isEqualTo(Reason.BAD_ANNOTATIONS);
    return refused;
  }

  private static Listing read(Path root) {
    return Layouts.read(Layouts.AUTO, root, LayoutOptions.DEFAULT);
  }
}
