package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.job.JobProcessTest.Scripted;
import io.lodisc.training.job.ScriptedChild.Script;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.EventReader;
import io.lodisc.training.support.EventReader.Event;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs as who follows them sees them. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=64m",
      "lodisc.training.cancel-grace=1s",
      "lodisc.training.pause-grace=2s",
      "lodisc.training.follow.heartbeat=400ms",
      "lodisc.training.queue.heartbeat=200ms",
      "lodisc.training.queue.backoff=100ms"
    })
@Import(Scripted.class)
class FollowedJobTest {

  private static final int MANY = 1_000_000;

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  private final Random random = new Random(4);
  private Jobs jobs;

  @BeforeEach
  void jobs() throws IOException {
    jobs = new Jobs(api, home);
  }

  @AfterEach
  void leaveNoJob() {
    jobs.cancelAll();
  }

  @Test
  void isFollowedLiveFromItsSubmissionToItsEnd() throws Exception {
    String id = jobs.submit(Script.TALK);
    List<Event> live;
    try (EventReader reader = open(id, null)) {
      assertThat(reader.status()).isEqualTo(200);
      assertThat(reader.contentType()).isEqualTo("text/event-stream;charset=UTF-8");
      live = reader.next(MANY);
    }

    assertThat(jobs.get(id).text("state")).isEqualTo("SUCCEEDED");
    assertThat(live).extracting(Event::id).isSorted().doesNotHaveDuplicates();
    assertThat(of(live, "state"))
        .extracting(e -> e.json().path("state").asString())
        .containsExactly("QUEUED", "RUNNING", "SUCCEEDED");
    assertThat(live.getLast().type()).isEqualTo("state");
    assertThat(of(live, "epoch"))
        .extracting(e -> e.json().path("epoch").asInt())
        .containsExactly(1, 2, 3, 4);
    assertThat(of(live, "metrics"))
        .extracting(e -> e.json().path("step").asInt())
        .hasSize(ScriptedChild.STEPS)
        .isSorted();
    assertThat(of(live, "progress").getLast().json().path("step").asInt())
        .isEqualTo(ScriptedChild.STEPS);
    assertThat(of(live, "progress").size()).isLessThan(5);
    try (EventReader again = open(id, live.getLast().id())) {
      assertThat(again.status()).isEqualTo(204);
    }
  }

  @Test
  void aReaderThatComesAgainFromAnywhereMissesNothing() throws Exception {
    String id = jobs.submit(Script.TALK);
    List<Event> pieces = new ArrayList<>();
    while (pieces.isEmpty() || !jobs.get(id).json().has("endedAt")) {
      Long last = pieces.isEmpty() ? null : pieces.getLast().id();
      try (EventReader reader = open(id, last)) {
        pieces.addAll(reader.next(1 + random.nextInt(5)));
      }
    }
    try (EventReader reader = open(id, pieces.getLast().id())) {
      pieces.addAll(reader.status() == 204 ? List.of() : reader.next(MANY));
    }

    List<Event> whole;
    try (EventReader reader = open(id, null)) {
      whole = reader.next(MANY);
    }
    assertThat(whole).hasSizeGreaterThan(50);
    assertThat(pieces).isEqualTo(whole);
    for (int i = 0; i < 10; i++) {
      int at = random.nextInt(whole.size() - 1);
      String after = api.url("/api/v1/jobs/%s/events?after=%d".formatted(id, whole.get(at).id()));
      try (EventReader reader = EventReader.open(after, null)) {
        assertThat(reader.next(MANY)).isEqualTo(whole.subList(at + 1, whole.size()));
      }
    }
  }

  @Test
  void aStreamThatHasNothingToTellSaysThatItIsThere() throws Exception {
    String id = jobs.submit(Script.WAIT_FOR_CANCEL);
    jobs.underWay(id);
    long seen;
    try (EventReader reader = open(id, null)) {
      seen = reader.next(3).getLast().id();
    }
    try (EventReader reader = open(id, seen)) {
      assertThat(reader.next()).isEqualTo(new Event(0, null, "still here"));
      assertThat(reader.next()).isEqualTo(new Event(0, null, "still here"));
      jobs.cancel(id).is(202);
      assertThat(reader.next(MANY).getLast().json().path("state").asString())
          .isEqualTo("CANCELLED");
    }
  }

  @Test
  void theLogIsThatOfItsProcessByteByByteInWholeAndInParts() throws Exception {
    String id = jobs.submit(Script.TALK);
    List<Event> events;
    try (EventReader reader = open(id, null)) {
      events = reader.next(MANY);
    }

    Answer answer = logs(id, null).is(200);
    byte[] whole = answer.bytes();
    assertThat(answer.headers().getContentType()).hasToString("text/plain;charset=UTF-8");
    assertThat(answer.headers().getFirst(HttpHeaders.ACCEPT_RANGES)).isEqualTo("bytes");
    assertThat(whole).isEqualTo(Files.readAllBytes(log(id, 1)));
    String text = new String(whole, StandardCharsets.UTF_8);
    assertThat(text)
        .contains("step 40: naïve größe 猫 🐈 ~", "no event, but a line", "does not end: ü");
    StringBuilder told = new StringBuilder();
    for (Event event : of(events, "log")) {
      int start = told.toString().getBytes(StandardCharsets.UTF_8).length;
      assertThat(event.json().path("start").asInt()).isEqualTo(start);
      told.append(event.json().path("text").asString());
    }
    assertThat(told).hasToString(text);
    assertThat(of(events, "log")).hasSizeGreaterThan(1);

    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(whole.length);
      int to = from + random.nextInt(whole.length - from);
      Answer part = logs(id, "bytes=%d-%d".formatted(from, to)).is(206);
      assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(whole, from, to + 1));
      assertThat(part.headers().getFirst(HttpHeaders.CONTENT_RANGE))
          .isEqualTo("bytes %d-%d/%d".formatted(from, to, whole.length));
      assertThat(logs(id, "bytes=%d-".formatted(from)).is(206).bytes())
          .isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
      assertThat(logs(id, "bytes=-%d".formatted(to + 1)).is(206).bytes())
          .isEqualTo(Arrays.copyOfRange(whole, whole.length - to - 1, whole.length));
    }
    assertThat(logs(id, "bytes=0-%d".formatted(MANY)).is(206).bytes()).isEqualTo(whole);
    assertThat(logs(id, "bytes=0-1,4-5").is(200).bytes()).isEqualTo(whole);
    Answer beyond = logs(id, "bytes=%d-".formatted(whole.length));
    beyond.isProblem(416, "range-not-satisfiable", whole.length + " bytes");
    assertThat(beyond.headers().getFirst(HttpHeaders.CONTENT_RANGE))
        .isEqualTo("bytes */" + whole.length);
    logs(id, "bytes=five").isProblem(416, "range-not-satisfiable", "five");

    List<String> lines = text.lines().toList();
    for (int tail : List.of(1, 7, lines.size(), MANY / 100)) {
      Answer last = api.get("/api/v1/jobs/%s/logs?tail=%d".formatted(id, tail)).is(200);
      assertThat(new String(last.bytes(), StandardCharsets.UTF_8).lines())
          .containsExactlyElementsOf(lines.subList(Math.max(0, lines.size() - tail), lines.size()));
      assertThat(text).endsWith(new String(last.bytes(), StandardCharsets.UTF_8));
    }
    api.get("/api/v1/jobs/" + id + "/logs?tail=0").isProblem(400, "out-of-range", "tail");
  }

  @Test
  void theLogOfANewAttemptFollowsThatOfTheOneBefore() throws Exception {
    String id =
        jobs.submit(
            "\"batch\":4,\"epochs\":1,\"maxAttempts\":2,\"seed\":"
                + Script.GARBAGE_THEN_CRASH.ordinal());

    assertThat(jobs.ended(id).text("state")).isEqualTo("FAILED");

    ByteArrayOutputStream attempts = new ByteArrayOutputStream();
    for (int attempt = 1; attempt <= 2; attempt++) {
      attempts.write(Files.readAllBytes(log(id, attempt)));
    }
    assertThat(attempts.size()).isGreaterThan(2 << 17);
    assertThat(logs(id, null).is(200).bytes()).isEqualTo(attempts.toByteArray());
  }

  @Test
  void nothingIsLostAndNothingWaitsWhileTheDatabaseRefuses() throws Exception {
    jdbc.sql("create sequence training.tries").update();
    jdbc.sql(
            """
            create function training.away() returns trigger language plpgsql as $$
            begin
              if nextval('training.tries') < 4 then raise exception 'away'; end if;
              return new;
            end $$
            """)
        .update();
    for (String table : List.of("job_log", "job_metric")) {
      jdbc.sql(
              "create trigger away before insert on training.%s for each row execute function training.away()"
                  .formatted(table))
          .update();
    }
    try {
      String id = jobs.submit(Script.TALK);

      assertThat(jobs.ended(id).text("state")).isEqualTo("SUCCEEDED");

      assertThat(logs(id, null).bytes()).isEqualTo(Files.readAllBytes(log(id, 1)));
      assertThat(
              api.get("/api/v1/jobs/" + id + "/metrics?names=loss")
                  .is(200)
                  .json()
                  .path("series")
                  .path(0)
                  .path("count")
                  .asInt())
          .isEqualTo(ScriptedChild.STEPS);
    } finally {
      jdbc.sql("drop function training.away() cascade").update();
      jdbc.sql("drop sequence training.tries").update();
    }
  }

  @Test
  void theLinesOfTheDocumentationWorkAsTheyStand() throws Exception {
    String id = jobs.submit(Script.TALK);
    String following = Files.readString(Path.of("../docs/jobs.md")).split("(?m)^## Events$")[1];
    String lines =
        Pattern.compile("(?ms)^```bash\\n(.*?)^```$")
            .matcher(following)
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n"));
    ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", lines);
    bash.environment().put("LODISC", api.url(""));
    bash.environment().put("job", id);
    Process process = bash.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("event: state", "\"SUCCEEDED\"", "event: log", "naïve größe 猫 🐈")
        .contains("\"name\":\"loss\"", "\"name\":\"classToken.rank1\"", "step,epoch,")
        .contains("HTTP/1.1 206", "Content-Range: bytes 0-99/");
  }

  @Test
  void whatIsNotThereOrNoNumberIsRefused() {
    for (String what : List.of("events", "logs", "metrics")) {
      api.get("/api/v1/jobs/none/" + what, h -> h.set("Accept", "text/event-stream, text/csv"))
          .isProblem(404, "not-found", "'none'");
    }
    String id = jobs.submit(Script.FAST);
    api.get("/api/v1/jobs/" + id + "/events?after=soon").isProblem(400, "out-of-range", "soon");
    api.get("/api/v1/jobs/" + id + "/events", h -> h.set("Last-Event-ID", "-1"))
        .isProblem(400, "out-of-range", "Last-Event-ID");
  }

  private EventReader open(String id, Long last) throws IOException, InterruptedException {
    return EventReader.open(api.url("/api/v1/jobs/" + id + "/events"), last);
  }

  private static List<Event> of(List<Event> events, String type) {
    return events.stream().filter(event -> event.type().equals(type)).toList();
  }

  private Answer logs(String id, String range) {
    return api.get(
        "/api/v1/jobs/" + id + "/logs",
        headers -> {
          if (range != null) {
            headers.set(HttpHeaders.RANGE, range);
          }
        });
  }

  private Path log(String id, int attempt) {
    return home.folder().resolve("runs/%s/attempt-%04d/log.txt".formatted(id, attempt));
  }
}
