package io.lodisc.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.archive.MissingFile;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutsTest {

  @TempDir Path folder;

  @Test
  void readsCub() {
    Listing cub = read("cub", Replicas.cub(folder));

    assertThat(told(cub))
        .containsExactly(
            "images/001.Black_footed_Albatross/Albatross_0001_1.jpg train"
                + " 001.Black_footed_Albatross",
            "images/001.Black_footed_Albatross/Albatross_0002_2.jpg test"
                + " 001.Black_footed_Albatross",
            "images/002.Laysan_Albatross/Albatross_0001_1.jpg train 002.Laysan_Albatross",
            "images/002.Laysan_Albatross/Albatross_0003_3.jpg test 002.Laysan_Albatross",
            "images/003.Sooty_Albatross/Albatross_0004_4.jpg test 003.Sooty_Albatross");
    assertThat(cub.counts())
        .containsExactly(
            new Count("train pictures", 5994, 2),
            new Count("test pictures", 5794, 3),
            new Count("classes", 200, 3));
    assertThat(cub.entries()).extracting(Entry::group).containsOnlyNulls();
  }

  @Test
  void readsTheCarsDevkit() {
    Listing cars = read("cars", Replicas.carsDevkit(folder));

    assertThat(told(cars))
        .containsExactly(
            "cars_test/00001.jpg test smart fortwo 2012",
            "cars_test/00002.jpg test Ram C/V Cargo Van Minivan 2012",
            "cars_train/00001.jpg train Ram C/V Cargo Van Minivan 2012",
            "cars_train/00002.jpg train AM General Hummer SUV 2000",
            "cars_train/00003.jpg train smart fortwo 2012");
    assertThat(cars.counts()).extracting(Count::expected).containsExactly(8144, 8041, 196);
  }

  @Test
  void withoutTestLabelsTheTestPicturesOfCarsHaveNone() throws IOException {
    Replicas.carsDevkit(folder);
    Files.delete(folder.resolve("cars_test_annos_withlabels.mat"));

    List<Entry> entries = read("cars", folder).entries();

    assertThat(entries).filteredOn(e -> e.split().equals("test")).hasSize(2);
    assertThat(entries)
        .allSatisfy(e -> assertThat(e.label() == null).isEqualTo(e.split().equals("test")));
  }

  @Test
  void readsCarsWithASingleFile() {
    assertThat(told(read("cars", Replicas.carsSingleFile(folder))))
        .containsExactly(
            "car_ims/000001.jpg train Ram C/V Cargo Van Minivan 2012",
            "car_ims/000002.jpg test AM General Hummer SUV 2000");
  }

  @Test
  void readsCarsInClassFolders() {
    assertThat(told(read("cars", Replicas.carsFolders(folder))))
        .containsExactly(
            "test/Ram C-V Cargo Van Minivan 2012/00001.jpg test Ram C-V Cargo Van Minivan 2012",
            "train/AM General Hummer SUV 2000/00002.jpg train AM General Hummer SUV 2000",
            "train/Ram C-V Cargo Van Minivan 2012/00001.jpg train Ram C-V Cargo Van Minivan 2012");
  }

  @Test
  void readsAircraft() {
    Listing aircraft = read("aircraft", Replicas.aircraft(folder));

    assertThat(told(aircraft))
        .containsExactly(
            "images/0034309.jpg train F/A-18",
            "images/0056978.jpg train Gulfstream IV",
            "images/0062765.jpg test F/A-18",
            "images/0063401.jpg test Gulfstream IV",
            "images/1025794.jpg train 707-320");
    assertThat(aircraft.counts()).extracting(Count::expected).containsExactly(6667, 3333, 100);
  }

  @Test
  void readsCaltech101AndSaysThatTheSplitIsDrawn() {
    Listing caltech = read("caltech101", Replicas.caltech101(folder));

    assertThat(caltech.entries()).hasSize(20);
    assertThat(caltech.entries()).extracting(Entry::split).containsOnly("train", "test");
    assertThat(caltech.entries())
        .extracting(Entry::label)
        .contains("BACKGROUND_Google", "Faces", "accordion", "yin_yang");
    assertThat(caltech.counts()).extracting(Count::expected).containsExactly(9145, 102);
    assertThat(caltech.notes()).singleElement().asString().contains("seed 0", "unpublished");
  }

  @Test
  void readsAManifestOfJsonLines() {
    Drawn.png(folder.resolve("p/a.png"), 1);
    Replicas.text(
        folder.resolve("manifest.jsonl"),
        """
        {"path": "p/a.png", "split": "test", "label": 7, "group": "left", "price": 1.5, "x": null}

        {"path": "p/b.png", "id": "B"}
        """);

    Listing manifest = read("manifest", folder);

    assertThat(manifest.entries())
        .singleElement()
        .isEqualTo(
            new Entry(
                folder.toAbsolutePath().resolve("p/a.png"),
                "p/a.png",
                "p-a",
                "7",
                "left",
                "test",
                Map.of("price", "1.5")));
    assertThat(manifest.missing())
        .containsExactly(new MissingFile("p/b.png", "manifest.jsonl, line 3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"path\": [1]}", "{\"path\":", "[1]", "{\"id\": \"x\"}", "{} {}"})
  void namesTheLineOfJsonThatIsWrong(String line) {
    Replicas.text(folder.resolve("manifest.jsonl"), "\n" + line + "\n");

    assertThatThrownBy(() -> read("manifest", folder))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("manifest.jsonl, line 2");
  }

  @Test
  void everyLayoutIsRecognised() {
    Map<String, Function<Path, Path>> sets =
        Map.of(
            "cub", Replicas::cub,
            "cars", Replicas::carsDevkit,
            "aircraft", Replicas::aircraft,
            "caltech101", Replicas::caltech101);
    sets.forEach(
        (name, replica) ->
            assertThat(read(Layouts.AUTO, replica.apply(folder.resolve(name))).layout())
                .isEqualTo(name));
    assertThat(read("auto", Replicas.carsFolders(folder.resolve("b"))).layout()).isEqualTo("cars");
    assertThat(read("auto", Replicas.carsSingleFile(folder.resolve("c"))).layout())
        .isEqualTo("cars");
    assertThat(read("auto", folder.resolve("cub/CUB_200_2011")).layout()).isEqualTo("cub");
    assertThat(read("auto", folder.resolve("aircraft/fgvc-aircraft-2013b/data")).layout())
        .isEqualTo("aircraft");
    assertThat(read("auto", folder.resolve("cub/CUB_200_2011/images")).layout())
        .isEqualTo("folder");
    assertThat(read("auto", folder.resolve("cars/cars_train")).layout()).isEqualTo("folder");
  }

  @Test
  void aManifestGoesBeforeWhatElseIsThere() {
    Replicas.cub(folder);
    Replicas.text(
        folder.resolve("manifest.csv"),
        "path,label\nCUB_200_2011/images/003.Sooty_Albatross/Albatross_0004_4.jpg,mine\n");

    assertThat(read("auto", folder).layout()).isEqualTo("manifest");
    assertThat(read("cub", folder).entries()).hasSize(5);
  }

  @Test
  void twoSetsInOneFolderAreNotGuessedBetween() {
    Replicas.cub(folder);
    Replicas.aircraft(folder);

    assertThat(refused("auto"))
        .hasMessageContaining("'cub', 'aircraft'")
        .extracting(DatasetException::reason)
        .isEqualTo(Reason.WRONG_LAYOUT);
    assertThat(read("aircraft", folder).entries()).hasSize(5);
  }

  @Test
  void saysWhichFilesItMissesAndWhichLayoutsThereAre() {
    Drawn.png(folder.resolve("wren/1.png"), 1);

    assertThat(refused("cars"))
        .hasMessageContaining("cars_train_annos.mat")
        .hasMessageContaining("cars_annos.mat")
        .hasMessageContaining("car_data");
    assertThat(refused("imagenet").reason()).isEqualTo(Reason.BAD_REQUEST);
    assertThat(refused("imagenet").hint())
        .contains("auto, cub, cars, aircraft, caltech101, folder, manifest");
  }

  @Test
  void aSetWithoutItsPicturesIsEmpty() throws IOException {
    Replicas.carsSingleFile(folder);
    Files.delete(folder.resolve("car_ims/000001.jpg"));
    Files.delete(folder.resolve("car_ims/000002.jpg"));

    assertThatThrownBy(() -> read("auto", folder))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("none of the 2")
        .hasMessageContaining("car_ims/000001.jpg");
  }

  private DatasetException refused(String layout) {
    DatasetException refused =
        catchThrowableOfType(DatasetException.class, () -> read(layout, folder));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  private static Listing read(String layout, Path root) {
    return Layouts.read(layout, root, LayoutOptions.DEFAULT);
  }

  private static List<String> told(Listing listing) {
    assertThat(listing.entries()).extracting(Entry::id).doesNotHaveDuplicates();
    assertThat(listing.entries()).allSatisfy(e -> assertThat(e.file()).isRegularFile());
    return listing.entries().stream()
        .map(e -> e.path() + " " + e.split() + " " + e.label())
        .toList();
  }
}
