package io.lodisc.training.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.CheckpointStore;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.web.blob.BlobStore;
import io.lodisc.web.blob.S3Mock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A bucket, and this machine's copies of what is in it. */
@TrainingTest(properties = {"lodisc.training.workers=0", "lodisc.training.sweep.every=0"})
class StoreSweepTest {

  private static final S3Mock MOCK = S3Mock.shared();
  private static final String BUCKET = MOCK.bucket();

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  @Autowired TrainingFolders folders;
  @Autowired BlobStore store;
  @Autowired CheckpointStore files;
  @Autowired CheckpointRegistry checkpoints;
  @Autowired StoreSweep storeSweep;
  @Autowired Sweep sweep;
  @TempDir Path temporary;
  private Stock stock;

  @DynamicPropertySource
  static void store(DynamicPropertyRegistry registry) {
    MOCK.properties(BUCKET).forEach(p -> registry.add(p.split("=")[0], () -> p.split("=", 2)[1]));
  }

  @BeforeEach
  void ours() throws IOException {
    stock = new Stock(jdbc, checkpoints, home);
    stock.claimHome();
    put(
        "installation",
        jdbc.sql("select id from training.installation").query(String.class).single());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void whatAnEndedJobNeverPublishedGoesFromTheStore(String state) throws IOException {
    String job = stock.job(state);
    String published = published(job, 1);
    put("checkpoints/" + job + "/attempt-0001/step-00000002/encoder.safetensors", "half");

    storeSweep.run(past());
    assertThat(keys(job)).as("young").hasSize(3);
    storeSweep.run(soon());

    assertThat(keys(job)).hasSize(2).allMatch(key -> key.contains("step-00000001"));
    api.get("/api/v1/checkpoints/" + published + "/files/encoder.safetensors").is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "QUEUED", "PAUSED"})
  void whatAnUnfinishedJobIsStoringStays(String state) {
    String job = stock.job(state);
    put("checkpoints/" + job + "/attempt-0001/step-00000002/encoder.safetensors", "half");
    put("reports/" + job + "/report.html", "page");

    storeSweep.run(soon());

    assertThat(keys(job)).hasSize(1);
    assertThat(store.get("reports/" + job + "/report.html").exists()).isTrue();
  }

  @Test
  void whatNoRowNamesGoesFromTheStore() throws IOException {
    upload("named");
    put("datasets/named/2a8b3c4d-0000-4000-8000-000000000000.zip", "broken off");
    put("checkpoints/imported/broken/manifest.json", "broken off");
    put("checkpoints/00000000000a/attempt-0001/step-00000001/manifest.json", "of a job");
    put("reports/00000000000a/report.html", "of a job");
    put("reports/00000000000a/plots/x.svg", "of a job");
    put("pictures/ab/abcd", "not ours to judge");
    Manifest manifest = Checkpointed.write(folders.imported("good"), null, 0);
    files.keep(folders.imported("good"), manifest);
    checkpoints.register("import-good", folders.imported("good"), manifest);

    storeSweep.run(soon());

    assertThat(MOCK.keys(BUCKET, "datasets/")).hasSize(1).noneMatch(k -> k.contains("2a8b3c4d"));
    assertThat(MOCK.keys(BUCKET, "checkpoints/imported/")).hasSize(2);
    assertThat(keys("00000000000a")).isEmpty();
    assertThat(MOCK.keys(BUCKET, "reports/00000000000a/")).isEmpty();
    assertThat(MOCK.keys(BUCKET, "pictures/")).hasSize(1);
    api.delete("/api/v1/datasets/named").is(200);
    api.delete("/api/v1/checkpoints/import-good").is(200);
    assertThat(MOCK.keys(BUCKET, "datasets/")).isEmpty();
    assertThat(MOCK.keys(BUCKET, "checkpoints/imported/")).isEmpty();
  }

  @Test
  void theBlobsOfAnotherDatabaseStay() {
    put("installation", "another");
    put("checkpoints/00000000000b/attempt-0001/step-00000001/manifest.json", "theirs");

    storeSweep.run(soon());
    assertThat(keys("00000000000b")).hasSize(1);
    store.delete(List.of("installation"));
    jdbc.sql("delete from training.alias").update();
    jdbc.sql("delete from training.checkpoint").update();
    jdbc.sql("delete from training.dataset").update();
    storeSweep.run(soon());

    assertThat(keys("00000000000b")).as("of a store that remembers no database").hasSize(1);
  }

  @Test
  void aDeletedJobLeavesNothingInTheStore() throws IOException {
    String job = stock.job("SUCCEEDED");
    published(job, 1);
    put("checkpoints/" + job + "/attempt-0002/step-00000002/encoder.safetensors", "half");
    put("reports/" + job + "/report.html", "page");
    long bytes = store.list("checkpoints/" + job).stream().mapToLong(BlobStore.Blob::bytes).sum();

    long told = api.delete("/api/v1/jobs/" + job).is(200).json().path("bytes").asLong();

    assertThat(told).isEqualTo(bytes + "page".length());
    assertThat(keys(job)).isEmpty();
    assertThat(MOCK.keys(BUCKET, "reports/" + job)).isEmpty();
    assertThat(folders.checkpoints(job)).doesNotExist();
  }

  @Test
  void aCopyThatNoUnfinishedJobNeedsGoesFromThisMachine() throws IOException {
    String ended = stock.job("SUCCEEDED");
    String kept = published(ended, 1);
    String paused = stock.job("PAUSED");
    published(paused, 1);
    String moved = stock.job("SUCCEEDED");
    String onlyHere = stock.checkpoint(moved, 1);
    Path report = Stock.old(stock.blobs("reports", ended), "report.html");
    Path unfinished = Stock.old(stock.blobs("reports", moved), "report.html");
    stock.set(moved, "state = 'FAILED'");
    for (String job : List.of(ended, paused, moved)) {
      Stock.age(folders.checkpoints(job));
    }

    sweep.run(past());

    assertThat(folders.checkpoints(ended)).doesNotExist();
    api.get("/api/v1/checkpoints/" + kept + "/files/encoder.safetensors").is(200);
    assertThat(stock.folder(paused, 1)).exists();
    assertThat(stock.folder(moved, 1)).as("the store has it not: " + onlyHere).exists();
    assertThat(report).doesNotExist();
    assertThat(unfinished).exists();
  }

  @Test
  void theCopyOfADataSetGoesWhenItWasNotUsedForAWhile() throws IOException {
    upload("copied");
    Path copy = Files.list(folders.dataset("copied")).toList().getFirst();
    Path old = folders.dataset("early").resolve("even");
    Files.createDirectories(old);
    Stock.age(old);
    String job = stock.job("QUEUED", "copied");
    sweep.run(past());
    assertThat(copy).as("young").exists();
    Stock.age(copy);
    sweep.run(past());
    assertThat(copy).as("used").exists();
    stock.set(job, "state = 'SUCCEEDED'");

    sweep.run(past());

    assertThat(copy).doesNotExist();
    assertThat(old).as("no copy, but of a set that was uploaded to the folder").exists();
    assertThat(folders.incoming()).isEmptyDirectory();
    assertThat(MOCK.keys(BUCKET, "datasets/copied/")).hasSize(1);
    api.delete("/api/v1/datasets/copied").is(200);
    assertThat(MOCK.keys(BUCKET, "datasets/copied/")).isEmpty();
  }

  private String published(String job, long step) throws IOException {
    Manifest manifest = Checkpointed.write(stock.folder(job, step), job, step);
    files.keep(stock.folder(job, step), manifest);
    return stock.published(job, step, manifest);
  }

  private void upload(String name) throws IOException {
    Path picture = temporary.resolve("one.png");
    Pictures.png(picture, 1);
    Path zip = temporary.resolve("set.zip");
    Pictures.zip(zip, Map.of("a/1.png", Files.readAllBytes(picture)));
    api.upload("/api/v1/datasets", zip, Map.of("name", name)).is(201);
  }

  private void put(String key, String content) {
    store.put(key, new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> keys(String job) {
    return MOCK.keys(BUCKET, "checkpoints/" + job + "/");
  }

  private static Instant past() {
    return Instant.now().minus(Duration.ofHours(1));
  }

  private static Instant soon() {
    return Instant.now().plus(Duration.ofHours(1));
  }
}
