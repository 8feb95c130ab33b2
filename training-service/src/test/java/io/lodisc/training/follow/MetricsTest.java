package io.lodisc.training.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.training.queue.Claim;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.RunningJobs;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

@TrainingTest
class MetricsTest {

  @Autowired JobMetrics metrics;
  @Autowired TransactionOperations transaction;
  @Autowired JdbcClient jdbc;
  @Autowired Api api;
  private RunningJobs jobs;

  @BeforeEach
  void jobs() {
    jobs = new RunningJobs(jdbc);
  }

  @Test
  void fewValuesAreShownAsTheyAre() {
    Claim claim = jobs.first();
    put(claim, 10, Map.of("loss", 2.5, "loss.local", 1.25));
    put(claim, 20, Map.of("loss", 1e-7));
    metrics.putAtEpoch(claim, 0, Map.of("classToken.rank1", 0.25));
    metrics.putAtEpoch(claim, 10, Map.of("classToken.rank1", 0.5, "predicted.rank1", 0.75));

    JsonNode loss = series(claim, "?names=loss").get(0);
    assertThat(loss.path("name").asString()).isEqualTo("loss");
    assertThat(loss.path("count").asInt()).isEqualTo(2);
    assertThat(loss.path("points")).hasToString("[[10,2.5],[20,1.0E-7]]");
    assertThat(loss.has("low")).isFalse();
    assertThat(series(claim, "?names=rank1,local"))
        .extracting(s -> s.path("name").asString() + s.path("points"))
        .containsExactly(
            "classToken.rank1[[0,0.25],[1000,0.5]]",
            "predicted.rank1[[1000,0.75]]",
            "loss.local[[10,1.25]]");
    assertThat(series(claim, ""))
        .extracting(s -> s.path("name").asString())
        .containsExactly("classToken.rank1", "loss", "loss.local", "predicted.rank1");
  }

  @Test
  void manyValuesAreShownByTheirMeansAndExtremes() {
    Claim claim = jobs.first();
    jdbc.sql(
            """
            insert into training.job_metric (job, step, epoch, fence, measured)
            select :job, 3 * n, 1, 1, jsonb_build_object('loss', sin(n), 'rate', n)
            from generate_series(1, 5000) n
            """)
        .param("job", claim.job())
        .update();

    JsonNode loss = series(claim, "?names=loss&points=300").get(0);

    assertThat(loss.path("count").asInt()).isEqualTo(5000);
    assertThat(loss.path("points")).hasSize(300);
    assertThat(loss.path("points").get(299).get(0).asInt()).isEqualTo(15_000);
    int after = 0;
    for (int i = 0; i < 300; i++) {
      int last = loss.path("points").get(i).get(0).asInt() / 3;
      double[] values = IntStream.rangeClosed(after + 1, last).mapToDouble(Math::sin).toArray();
      assertThat(values.length).isBetween(16, 17);
      assertThat(loss.path("points").get(i).get(1).asDouble())
          .isCloseTo(
              IntStream.rangeClosed(after + 1, last).mapToDouble(Math::sin).average().getAsDouble(),
              within(1e-9));
      assertThat(loss.path("low").get(i).asDouble())
          .isCloseTo(
              IntStream.rangeClosed(after + 1, last).mapToDouble(Math::sin).min().getAsDouble(),
              within(1e-9));
      assertThat(loss.path("high").get(i).asDouble())
          .isCloseTo(
              IntStream.rangeClosed(after + 1, last).mapToDouble(Math::sin).max().getAsDouble(),
              within(1e-9));
      after = last;
    }
    assertThat(series(claim, "?points=1")).allMatch(s -> s.path("points").size() == 1);
    assertThat(series(claim, "").get(0).path("points")).hasSize(500);
  }

  @Test
  void csvHasARowAStepAndAColumnAName() throws IOException {
    Claim claim = jobs.first();
    put(claim, 10, Map.of("loss", 0.1, "momentum", 0.99));
    put(claim, 20, Map.of("momentum", 1.0 / 3));
    metrics.putAtEpoch(claim, 1, Map.of("classToken.mAP", 0.5));

    List<CSVRecord> rows = csv(get(claim, "?format=csv").is(200));

    assertThat(rows.getFirst().getParser().getHeaderNames())
        .containsExactly("step", "epoch", "classToken.mAP", "loss", "momentum");
    assertThat(rows).extracting(r -> r.get("step")).containsExactly("10", "20", "100");
    assertThat(rows).extracting(r -> r.get("epoch")).containsExactly("1", "1", "1");
    assertThat(rows).extracting(r -> r.get("loss")).containsExactly("0.1", "", "");
    assertThat(Double.parseDouble(rows.get(1).get("momentum"))).isEqualTo(1.0 / 3);
    assertThat(csv(get(claim, "?format=csv&names=mAP")))
        .extracting(r -> r.get("step") + r.get("classToken.mAP"))
        .containsExactly("1000.5");
    for (String accept : List.of("text/csv", "text/csv, application/json;q=0.5", "text/*")) {
      assertThat(accepted(claim, accept).headers().getContentType())
          .hasToString("text/csv;charset=UTF-8");
    }
    for (String accept :
        List.of("*/*", "application/json, text/csv;q=0.5", "text/csv;q=0.1,*/*;q=0.9")) {
      assertThat(accepted(claim, accept).headers().getContentType())
          .hasToString("application/json");
    }
  }

  @Test
  void aWorkerThatGoesOnFromAnEarlierStepLeavesNoDoubles() {
    Claim first = jobs.first();
    for (long step = 1; step <= 50; step += 7) {
      put(first, step, Map.of("loss", (double) step));
    }
    metrics.putAtEpoch(first, 0, Map.of("classToken.rank1", 0.1));
    Claim second = jobs.next(first);

    assertThat(put(first, 50, Map.of("loss", -1.0))).isFalse();
    metrics.putAtEpoch(second, 0, Map.of("classToken.rank1", 0.1));
    put(second, 21, Map.of("loss", 210.0));
    put(second, 36, Map.of("loss", 360.0));

    assertThat(series(second, "?names=loss").get(0).path("points"))
        .hasToString("[[1,1.0],[8,8.0],[15,15.0],[21,210.0],[36,360.0]]");
    assertThat(series(second, "?names=rank1").get(0).path("points")).hasToString("[[0,0.1]]");
  }

  @Test
  void isNewOnceOnly() {
    Claim claim = jobs.first();
    Map<String, Double> rank = Map.of("rank1", 0.5);

    assertThat(metrics.putAtEpoch(claim, 1, rank)).isTrue();
    assertThat(metrics.putAtEpoch(claim, 1, rank)).isFalse();
    assertThat(put(claim, 100, Map.of("loss", 1.0))).isTrue();
    assertThat(put(claim, 100, Map.of("loss", 1.0))).isFalse();
    assertThat(metrics.putAtEpoch(jobs.first(), 1, rank)).isTrue();
    assertThat(series(claim, "")).hasSize(2);
  }

  @Test
  void whatItCannotShowIsRefusedWithWhatItCan() {
    Claim claim = jobs.first();
    get(claim, "?names=loss").isProblem(400, "invalid-request", "no metric 'loss'");
    assertThat(series(claim, "")).isEmpty();
    put(claim, 10, Map.of("loss", 2.5, "momentum", 0.9));
    assertThat(get(claim, "?names=los").text("hint")).contains("loss, momentum");
    get(claim, "?names=loss,los").isProblem(400, "invalid-request", "'los'");
    get(claim, "?points=0").isProblem(400, "out-of-range", "points");
    get(claim, "?points=x").isProblem(400, "out-of-range", "points");
    get(claim, "?format=xml").isProblem(400, "invalid-request", "'xml'");
    get(claim, "?format=csv&points=5").isProblem(400, "invalid-request", "points");
  }

  private boolean put(Claim claim, long step, Map<String, Double> values) {
    return transaction.execute(
        status -> metrics.goesOn(claim, step) && metrics.put(claim, new Metric(step, 1, values)));
  }

  private List<JsonNode> series(Claim claim, String query) {
    List<JsonNode> all = new ArrayList<>();
    get(claim, query).is(200).json().path("series").forEach(all::add);
    return all;
  }

  private Answer get(Claim claim, String query) {
    return api.get("/api/v1/jobs/" + claim.job() + "/metrics" + query);
  }

  private Answer accepted(Claim claim, String accept) {
    return api.get(
            "/api/v1/jobs/" + claim.job() + "/metrics", headers -> headers.set("Accept", accept))
        .is(200);
  }

  private static List<CSVRecord> csv(Answer answer) throws IOException {
    String text = new String(answer.bytes(), StandardCharsets.UTF_8);
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(text))
        .getRecords();
  }
}
