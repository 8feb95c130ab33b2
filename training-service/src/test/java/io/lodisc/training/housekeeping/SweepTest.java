package io.lodisc.training.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest(
    properties = {
      "lodisc.training.workers=0",
      "lodisc.training.retention.last=2",
      "lodisc.training.sweep.every=0"
    })
class SweepTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  @Autowired CheckpointRegistry checkpoints;
  @Autowired Housekeeper housekeeper;
  private Stock stock;

  @BeforeEach
  void aHomeOfThisDatabase() throws IOException {
    stock = new Stock(jdbc, checkpoints, home);
    stock.claimHome();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void whatAnEndedJobNeverPublishedGoes(String state) throws IOException {
    String job = stock.job(state);
    String published = stock.checkpoint(job, 1);
    Path unpublished = Stock.old(stock.folder(job, 2), "encoder.safetensors");
    Path temporary =
        Stock.old(stock.folder(job, 3).resolveSibling(".step-00000003.tmp"), "encoder.safetensors");
    Path stale = Stock.old(stock.blobs("checkpoints", job, "attempt-0002"), "step-1/file");
    Path young = stock.blobs("checkpoints", job, "attempt-0003");
    Files.createDirectories(young);
    Stock.age(stock.folder(job, 1));

    housekeeper.tidy();

    assertThat(unpublished).doesNotExist();
    assertThat(temporary.getParent()).doesNotExist();
    assertThat(stale.getParent().getParent()).doesNotExist();
    assertThat(young).exists();
    api.get("/api/v1/checkpoints/" + published + "/files/encoder.safetensors").is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "QUEUED", "PAUSED"})
  void whatAnUnfinishedJobMayGoOnFromStays(String state) throws IOException {
    String job = stock.job(state);
    Path unpublished = Stock.old(stock.folder(job, 2), "encoder.safetensors");
    Path log = Stock.old(stock.run(job), "attempt-0001/log.txt");

    housekeeper.tidy();

    assertThat(unpublished).exists();
    assertThat(log).exists();
  }

  @Test
  void theFoldersOfDeletedJobsGoButForWhatIsStillNamed() throws IOException {
    Path checkpoint = Stock.old(stock.blobs("checkpoints", "000000000001"), "attempt-1/step-1/x");
    Path log = Stock.old(stock.run("000000000001"), "attempt-1/log.txt");
    Path report = Stock.old(stock.blobs("reports", "000000000001"), "report.html");
    String job = stock.job("SUCCEEDED");
    String promoted = stock.checkpoint(job, 1);
    api.put("/api/v1/models/orphaned", "{\"checkpoint\":\"%s\"}".formatted(promoted)).is(200);
    Path beside = Stock.old(stock.folder(job, 2), "x");
    api.delete("/api/v1/jobs/" + job).is(200);

    housekeeper.tidy();

    assertThat(checkpoint).doesNotExist();
    assertThat(stock.blobs("checkpoints", "000000000001")).doesNotExist();
    assertThat(log).doesNotExist();
    assertThat(report).doesNotExist();
    assertThat(stock.run("000000000001")).doesNotExist();
    assertThat(beside).doesNotExist();
    api.get("/api/v1/checkpoints/" + promoted + "/files/encoder.safetensors").is(200);
  }

  @Test
  void uploadsAndImportsThatWereBrokenOffGo() throws IOException {
    Path upload = Stock.old(stock.blobs("incoming", "one"), "upload.zip");
    Path underWay = stock.blobs("incoming", "two", "upload.zip");
    Files.createDirectories(underWay.getParent());
    Files.writeString(underWay, "half");
    Path broken = Stock.old(stock.blobs("checkpoints", "imported", "one"), "manifest.json");
    Path imported = stock.blobs("checkpoints", "imported", "two");
    checkpoints.register("import-two", imported, Checkpointed.write(imported, null, 0));
    Stock.age(imported);

    housekeeper.tidy();

    assertThat(upload.getParent()).doesNotExist();
    assertThat(underWay).exists();
    assertThat(broken.getParent()).doesNotExist();
    api.get("/api/v1/checkpoints/import-two/files/encoder.safetensors").is(200);
  }

  @Test
  void theFilesOfAnotherDatabaseStay() throws IOException {
    Path theirs = Stock.old(stock.blobs("checkpoints", "000000000002"), "attempt-1/step-1/x");
    Files.writeString(home.folder().resolve("installation"), "another");

    housekeeper.tidy();

    assertThat(theirs).exists();
  }

  @Test
  void filesOfAHomeThatRemembersNoDatabaseStayUnlessOneIsNamed() throws IOException {
    Path unknown = Stock.old(stock.blobs("checkpoints", "000000000003"), "attempt-1/step-1/x");
    Files.delete(home.folder().resolve("installation"));
    jdbc.sql("delete from training.alias").update();
    jdbc.sql("delete from training.checkpoint").update();

    housekeeper.tidy();

    assertThat(unknown).exists();
    assertThat(home.folder().resolve("installation")).doesNotExist();
    stock.checkpoint(stock.job("SUCCEEDED"), 1);
    housekeeper.tidy();
    assertThat(unknown).doesNotExist();
    assertThat(home.folder().resolve("installation")).exists();
  }

  @Test
  void oneProcessSweepsAtATime() throws Exception {
    Path orphan = Stock.old(stock.blobs("incoming", "three"), "upload.zip");
    try (Connection other = database.getConnection()) {
      other
          .createStatement()
          .execute("select pg_advisory_lock(hashtextextended('lodisc housekeeping', 0))");

      housekeeper.tidy();

      assertThat(orphan).exists();
    }
    housekeeper.tidy();
    assertThat(orphan).doesNotExist();
  }
}
