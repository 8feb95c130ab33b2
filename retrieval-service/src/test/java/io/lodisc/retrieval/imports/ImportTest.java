package io.lodisc.retrieval.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.support.Api.Answer;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import io.lodisc.retrieval.support.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportTest extends ServiceTest {

  private static final String MANIFEST =
      """
      path,id,label,group,split,name
      a.png,one,red,x,train,the first
      b.png,two,blue,y,test,the second
      """;

  private List<?> before;

  @BeforeEach
  void look() {
    before = Surroundings.files();
    Surroundings.INFERENCE.takeBatches();
  }

  @AfterEach
  void leavesNoWorkBehind() {
    assertThat(Surroundings.files()).noneMatch(file -> file.toString().contains("import-"));
  }

  @Test
  void takesClassFoldersInBatches() {
    String collection = api.collection("folders");
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      files.put("red/" + i + ".png", Pictures.png(200 + i, 0, 0));
      files.put("blue/" + i + ".png", Pictures.png(0, 0, 200 + i));
    }
    Answer answer = send(collection, files);
    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(200);
    assertThat(answer.json().at("/imported").asInt()).isEqualTo(10);
    assertThat(answer.json().at("/skipped")).isEmpty();
    assertThat(Surroundings.INFERENCE.takeBatches()).containsExactly(4, 4, 2);

    assertThat(api.get(collection).json().at("/items").asInt()).isEqualTo(10);
    Answer item = api.get(collection + "/items/red-3");
    assertThat(item.at("/label")).isEqualTo("red");
    Answer found = api.post(collection + "/search", Map.of("item", "blue-4", "k", 4));
    assertThat(found.json().at("/results").findValuesAsString("label")).containsOnly("blue");
  }

  @Test
  void takesAManifestOrOneOfItsSplits() {
    Map<String, byte[]> files = manifest();
    String all = api.collection("manifest");
    assertThat(send(all, files).json().at("/imported").asInt()).isEqualTo(2);
    Answer item = api.get(all + "/items/two");
    assertThat(item.at("/group")).isEqualTo("y");
    assertThat(item.at("/metadata/name")).isEqualTo("the second");

    String some = api.collection("split");
    Map<String, Object> form = Map.of("file", Pictures.zip(files), "split", "test");
    assertThat(api.form(some + "/items:import", form).json().at("/imported").asInt()).isEqualTo(1);
    assertThat(api.get(some + "/items/two").status()).isEqualTo(200);

    Answer none =
        api.form(some + "/items:import", Map.of("file", Pictures.zip(files), "split", "holdout"));
    assertRefused(none, 422, "empty-archive");
    assertThat(none.at("/hint")).contains("test", "train");
  }

  @Test
  void refusesABrokenPictureUnlessToldToSkip() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("red/1.png", Pictures.png(240, 1, 2));
    files.put("red/2.png", Pictures.truncated());
    String collection = api.collection("skipping");

    Answer refused = send(collection, files);
    assertRefused(refused, 422, "truncated-picture");
    assertThat(refused.at("/detail")).contains("red/2.png", "skipBroken");
    assertUntouched(collection);

    Answer skipped =
        api.form(collection + "/items:import?skipBroken=true", Map.of("file", Pictures.zip(files)));
    assertThat(skipped.status()).isEqualTo(200);
    assertThat(skipped.json().at("/imported").asInt()).isEqualTo(1);
    assertThat(skipped.at("/skipped/0/path")).isEqualTo("red/2.png");
    assertThat(skipped.at("/skipped/0/reason")).isNotBlank();
  }

  @Test
  void refusesArchivesThatAreNone() {
    String collection = api.collection("no-archive");
    assertRefused(
        api.form(collection + "/items:import", Map.of("file", "hello".getBytes())),
        422,
        "not-an-archive");
    assertRefused(send(collection, Map.of()), 422, "empty-archive");
    assertRefused(send(collection, Map.of("readme.txt", new byte[3])), 422, "empty-archive");
    assertRefused(send(collection, Map.of("../x/1.png", Pictures.RED)), 422, "unsafe-archive");
    Map<String, byte[]> files = manifest();
    files.remove("b.png");
    assertRefused(send(collection, files), 422, "bad-manifest");
    assertRefused(api.form(collection + "/items:import", Map.of()), 400, "invalid-request");
    assertRefused(
        send("/api/v1/collections/nowhere", Map.of("a/1.png", Pictures.RED)), 404, "not-found");
    assertRefused(
        api.form(
            collection + "/items:import",
            Map.of("file", Pictures.zip(Map.of("a/1.png", Pictures.RED)), "slpit", "x")),
        400,
        "unknown-field");
    assertUntouched(collection);
  }

  @Test
  void refusesIdsThatAreTaken() {
    String collection = api.collection("taken");
    add(collection, "red-1", Pictures.RED);
    before = Surroundings.files();
    Map<String, byte[]> files =
        Map.of("red/1.png", Pictures.png(1, 2, 3), "red/2.png", Pictures.png(4, 5, 6));

    Answer answer = send(collection, files);

    assertRefused(answer, 409, "already-exists");
    assertThat(answer.at("/detail")).contains("red-1");
    assertThat(api.get(collection).json().at("/items").asInt()).isEqualTo(1);
    assertThat(Surroundings.files()).isEqualTo(before);
  }

  @Test
  void leavesNothingWhereTheModelIsMissing() {
    api.post("/api/v1/collections", Map.of("name", "modelless", "model", "nobody"));
    assertRefused(
        send("/api/v1/collections/modelless", Map.of("a/1.png", Pictures.png(7, 7, 9))),
        404,
        "not-found");
    assertUntouched("/api/v1/collections/modelless");
  }

  private static Map<String, byte[]> manifest() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("manifest.csv", MANIFEST.getBytes());
    files.put("a.png", Pictures.RED);
    files.put("b.png", Pictures.BLUE);
    return files;
  }

  private Answer send(String collection, Map<String, byte[]> files) {
    return api.form(collection + "/items:import", Map.of("file", Pictures.zip(files)));
  }

  private void assertUntouched(String collection) {
    assertThat(api.get(collection).json().at("/items").asInt()).isZero();
    assertThat(api.get(collection).json().has("checkpoint")).isFalse();
    assertThat(Surroundings.files()).isEqualTo(before);
  }
}
