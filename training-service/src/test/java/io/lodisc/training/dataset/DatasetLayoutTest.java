package io.lodisc.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.Replicas;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TrainingTest
class DatasetLayoutTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired DatasetRegistry registry;
  @Autowired JdbcTemplate database;
  @TempDir Path temporary;

  @Test
  void refusesWrongCountsAndTakesAPartThatIsSaidToBeOne() throws IOException {
    Path cub = Replicas.cub(home.datasets().resolve("cub"));

    Answer refused = register("cub", cub, Map.of());
    refused.isProblem(422, "wrong-counts", "'cub'", "2 train pictures", "5994", "3 classes", "200");
    assertThat(refused.text("hint")).contains("\"partial\": true");
    api.get("/api/v1/datasets/cub").isProblem(404, "not-found");

    Answer created = register("cub", cub, Map.of("partial", true)).is(201);
    assertThat(created.text("layout")).isEqualTo("cub");
    assertThat(created.json().path("pictures").asInt()).isEqualTo(2);
    JsonNode report = created.json().path("report");
    assertThat(report.path("pictures").path("train").asInt()).isEqualTo(2);
    assertThat(report.path("pictures").path("test").asInt()).isEqualTo(3);
    assertThat(report.path("classes").asInt()).isEqualTo(3);
    assertThat(report.path("counts").get(0).path("expected").asInt()).isEqualTo(5994);
    assertThat(report.path("labelsInOneSplit").path("first").get(0).path("label").asString())
        .isEqualTo("003.Sooty_Albatross");
    assertThat(report.path("warnings")).hasSize(4);
    assertThat(api.get("/api/v1/datasets/cub").is(200).json()).isEqualTo(created.json());
  }

  @Test
  void partsTheLabelledWhateverIsTrainedOn() throws IOException {
    Path cub = Replicas.cub(home.datasets().resolve("parts"));
    register("parts", cub, Map.of("partial", true)).is(201);
    register("parts-test", cub, Map.of("partial", true, "split", "test")).is(201);

    PictureSplits all = splits("parts");
    PictureSplits test = splits("parts-test");

    assertThat(labels(all.training()))
        .containsExactly("001.Black_footed_Albatross", "002.Laysan_Albatross");
    assertThat(all.labelledTrain()).isEqualTo(all.training());
    assertThat(all.labelledTest()).hasSize(3);
    assertThat(test.training()).isEqualTo(all.labelledTest());
    assertThat(test.labelledTrain()).isEqualTo(all.labelledTrain());
    assertThat(pictures("parts")).isEqualTo(all.training().stream().map(Entry::file).toList());
  }

  @Test
  void takesAZipWithALayout() throws IOException {
    Path cub = Replicas.cub(temporary.resolve("cub"));
    Path zip = zip(cub);

    upload(zip, Map.of("name", "zipped", "layout", "cars"))
        .isProblem(422, "wrong-layout", "'cars'");
    upload(zip, Map.of("name", "zipped", "layout", "cub")).isProblem(422, "wrong-counts");
    Answer created =
        upload(zip, Map.of("name", "zipped", "layout", "cub", "partial", "true")).is(201);

    assertThat(created.text("layout")).isEqualTo("cub");
    assertThat(splits("zipped").labelledTest())
        .hasSize(3)
        .allSatisfy(
            e -> assertThat(e.file()).isRegularFile().startsWith(home.folder().resolve("blobs")));
  }

  @Test
  void leavesUnreadablePicturesOut() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("nearly"), 40);
    byte[] whole = Files.readAllBytes(folder.resolve("odd/7.png"));
    Files.write(folder.resolve("odd/7.png"), Arrays.copyOf(whole, whole.length - 20));

    Answer created = register("nearly", folder, Map.of()).is(201);

    assertThat(created.json().path("pictures").asInt()).isEqualTo(39);
    JsonNode unreadable = created.json().path("report").path("unreadable");
    assertThat(unreadable.path("count").asInt()).isEqualTo(1);
    assertThat(unreadable.path("first").get(0).path("path").asString()).isEqualTo("odd/7.png");
    assertThat(unreadable.path("first").get(0).path("reason").asString()).contains("cut off");
    Files.write(folder.resolve("odd/7.png"), whole);
    assertThat(pictures("nearly")).hasSize(39).doesNotContain(folder.resolve("odd/7.png"));
  }

  @Test
  void hasThePicturesThatWereRegistered() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("changing"), 12);
    register("changing", folder, Map.of()).is(201);
    PictureSplits registered = splits("changing");
    assertThat(registered.training()).hasSize(12).allSatisfy(e -> assertThat(e.file()).exists());

    Files.delete(registered.training().getFirst().file());
    Pictures.png(folder.resolve("odd/new.png"), 99);

    assertThat(splits("changing")).isEqualTo(registered);
    FileSystemUtils.deleteRecursively(folder);
    assertThatThrownBy(() -> splits("changing"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("changing: the data set's folder is gone");
  }

  @Test
  void canMeasureWhereThereAreLabelledPicturesToTestOn() throws IOException {
    register("flat", Pictures.folder(home.datasets().resolve("flat"), 4), Map.of()).is(201);
    Path folder = Files.createDirectories(home.datasets().resolve("half-labelled"));
    for (int i = 0; i < 4; i++) {
      Pictures.png(folder.resolve(i + ".png"), i);
    }
    Files.writeString(
        folder.resolve("manifest.csv"),
        "path,split,label\n0.png,train,\n1.png,train,\n2.png,test,a\n3.png,test,b\n");
    register("half-labelled", folder, Map.of()).is(201);

    assertThat(registry.canMeasure(registry.get("flat"))).isFalse();
    assertThat(registry.canMeasure(registry.get("half-labelled"))).isTrue();
  }

  @Test
  void reportsDuplicatesAcrossSplitsAndMissingFiles() throws IOException {
    Path folder = home.datasets().resolve("twice");
    StringBuilder manifest = new StringBuilder("path,split,label\n");
    for (int i = 0; i < 30; i++) {
      Replicas.picture(folder.resolve(i + ".png"), i % 29);
      manifest.append("%d.png,%s,a\n".formatted(i, i < 29 ? "train" : "test"));
    }
    Files.writeString(folder.resolve("manifest.csv"), manifest + "gone.png,train,a\n");

    JsonNode report = register("twice", folder, Map.of()).is(201).json().path("report");

    assertThat(report.path("duplicatesAcrossSplits").asInt()).isEqualTo(1);
    JsonNode same = report.path("duplicates").path("first").get(0);
    assertThat(same.path("acrossSplits").asBoolean()).isTrue();
    assertThat(same.path("paths").path("first").toString()).isEqualTo("[\"0.png\",\"29.png\"]");
    assertThat(report.path("missing").path("first").get(0).toString())
        .isEqualTo("{\"path\":\"gone.png\",\"namedBy\":\"manifest.csv, line 32\"}");
    assertThat(report.path("warnings")).hasSize(2);
  }

  @Test
  void drawsTheSameSplitOfASeedEachTime() throws IOException {
    Path caltech = Replicas.caltech101(home.datasets().resolve("caltech"), 12);
    Map<String, Object> choices = Map.of("partial", true, "testShare", 0.25);
    register("seed0", caltech, choices).is(201);
    Answer other =
        register("seed1", caltech, Map.of("partial", true, "testShare", 0.25, "seed", 1)).is(201);

    assertThat(other.json().path("seed").asInt()).isEqualTo(1);
    assertThat(other.json().path("testShare").asDouble()).isEqualTo(0.25);
    assertThat(other.json().path("report").path("warnings").get(0).asString())
        .contains("seed 1", "unpublished");
    List<Entry> test = splits("seed0").labelledTest();
    assertThat(test).hasSize(6).isEqualTo(splits("seed0").labelledTest());
    assertThat(splits("seed1").labelledTest()).hasSize(6).isNotEqualTo(test);
  }

  @Test
  void refusesWhatCannotBeChosen() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("choices"), 3);

    Answer unknown = register("choices", folder, Map.of("layout", "imagenet"));
    unknown.isProblem(400, "invalid-request", "'imagenet'");
    assertThat(unknown.text("hint")).contains("caltech101");
    register("choices", folder, Map.of("layout", "manifest"))
        .isProblem(422, "wrong-layout", "manifest.csv");
    register("choices", folder, Map.of("testShare", 1)).isProblem(400, "out-of-range", "testShare");
  }

  @Test
  void refusesAnnotationsThatAreWrongOrLeadOut() throws IOException {
    Path cub = Replicas.cub(home.datasets().resolve("wrong"));
    Path images = cub.resolve("CUB_200_2011/images.txt");
    String whole = Files.readString(images);

    Files.writeString(images, whole + "6 009.Missing/1.jpg\n");
    register("wrong", cub, Map.of()).isProblem(422, "bad-annotations", "images.txt, line 6");
    Files.writeString(images, whole.replace("003.Sooty_Albatross", "../../.."));
    register("wrong", cub, Map.of()).isProblem(422, "unsafe-archive", "../../..");
  }

  @Test
  void readsWhatWasRegisteredBeforeThereWereReports() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("old"), 4);
    database.update(
        "insert into training.dataset (name, root, source, pictures, labels, groups, created_at)"
            + " values ('old', ?, 'old', 4, 2, 0, now())",
        folder.toString());

    assertThat(api.get("/api/v1/datasets/old").is(200).json().has("report")).isFalse();
    assertThat(pictures("old")).hasSize(4);
    assertThat(registry.canMeasure(registry.get("old"))).as("unknown").isTrue();
  }

  private List<Path> pictures(String dataset) throws IOException {
    return splits(dataset).training().stream().map(Entry::file).toList();
  }

  private static List<String> labels(List<Entry> entries) {
    return entries.stream().map(Entry::label).toList();
  }

  private Answer register(String name, Path folder, Map<String, Object> choices) {
    Map<String, Object> request = new LinkedHashMap<>(choices);
    request.put("name", name);
    request.put("path", folder.toString());
    return api.post("/api/v1/datasets", JsonMapper.shared().writeValueAsString(request));
  }

  private Answer upload(Path zip, Map<String, String> fields) {
    return api.upload("/api/v1/datasets", zip, fields);
  }

  private Path zip(Path folder) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return Pictures.zip(temporary.resolve("set.zip"), files);
  }

  private PictureSplits splits(String dataset) throws IOException {
    return registry.splits(dataset, words -> {});
  }
}
