package io.lodisc.deployment.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.deployment.compose.Traffic.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two of each service behind the proxy, which sends requests to those that say they are ready, as a
 * cluster's endpoints do. One after the other is stopped and started anew while requests go on.
 */
@EnabledIfSystemProperty(named = "lodisc.slow", matches = "true", disabledReason = "mvn -P slow")
class RollingRestartTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PICTURE = PROJECT.resolve("demo-data/pictures/twemoji/1f98b.png");
  private static final List<String> SERVED = List.of("training", "inference", "retrieval");
  private static final int LOOK_MILLIS = 500;

  private static final CountDownLatch over = new CountDownLatch(1);
  private static Path state;
  private static HostStack stack;
  private static Thread endpoints;
  private static String api;

  @BeforeAll
  static void start() throws Exception {
    state = Files.createTempDirectory("lodisc-rolling");
    stack =
        new HostStack(
            PROJECT, state, Compose.variables(PROJECT.resolve(".env.example")), Set.of("cpu"));
    // From service to service too there is something in between that knows who is ready.
    stack
        .with("LODISC_INFERENCE_TRAINING_URL", stack.url().toString())
        .with("LODISC_RETRIEVAL_INFERENCE_URL", stack.url().toString());
    api = stack.url() + "/api/v1";
    stack.start();
    for (String service : SERVED) {
      stack.start(service);
    }
    for (String service : SERVED) {
      for (Instance instance : stack.instances(service)) {
        instance.awaitReady();
      }
    }
    endpoints = Thread.ofPlatform().daemon().name("endpoints").start(RollingRestartTest::follow);
    Request.json("POST", api + "/collections", "{\"name\": \"rolling\", \"model\": \"starter\"}")
        .send();
    Request.form(api + "/collections/rolling/items", Map.of("id", "butterfly"), PICTURE).send();
  }

  @AfterAll
  static void stop() throws Exception {
    over.countDown();
    if (endpoints != null) {
      endpoints.join();
    }
    stack.close();
    FileSystemUtils.deleteRecursively(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"training", "inference", "retrieval"})
  void noRequestFailsWhileAServiceIsRestarted(String service) throws Exception {
    List<Request> kinds =
        List.of(
            Request.get(api + "/jobs"),
            Request.json("PUT", api + "/models/rolling", "{\"checkpoint\": \"starter\"}"),
            Request.form(api + "/embeddings", Map.of("model", "starter"), PICTURE),
            Request.json(
                "POST", api + "/collections/rolling/search", "{\"item\": \"butterfly\", \"k\": 1}"),
            Request.form(api + "/collections/rolling/search", Map.of("k", "1"), PICTURE));
    try (Traffic traffic = new Traffic(kinds)) {
      for (Instance old : stack.instances(service)) {
        int before = traffic.least();
        stack.stop(old);
        stack.start(service).awaitReady();
        Thread.sleep(2 * LOOK_MILLIS); // until it has its part of the requests
        assertThat(traffic.least()).as(traffic.failures().toString()).isGreaterThan(before);
      }
      traffic.close();
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void aJobIsNotLostWhenItsWorkerIsRestarted() throws Exception {
    JsonMapper json = JsonMapper.shared();
    Path pictures = stack.volume("training", "/datasets");
    Request.json(
            "POST",
            api + "/datasets",
            json.writeValueAsString(
                Map.of("name", "emoji", "path", pictures.toString(), "split", "train")))
        .send();
    String id =
        json.readTree(
                Request.json(
                        "POST",
                        api + "/jobs",
                        """
                        {"dataset": "emoji", "start": "starter", "epochs": 1, "batch": 64,
                         "learningRate": 1e-4, "views": {"cropMin": 0.5}}""")
                    .send())
            .get("id")
            .asString();
    await(id, job -> job.path("step").asLong() > 0);

    stack.stop(stack.instances("worker").getFirst());
    assertThat(job(id).get("state").asString()).isEqualTo("QUEUED");
    stack.start("worker").awaitReady();

    await(id, job -> !Set.of("QUEUED", "RUNNING").contains(job.get("state").asString()));
    assertThat(job(id).get("state").asString()).as(job(id).toString()).isEqualTo("SUCCEEDED");
    String audit = Request.get(api + "/audit?subject=" + id).send();
    assertThat(audit).contains("job.release").doesNotContain("job.retry");
  }

  private static void await(String id, Predicate<JsonNode> condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(8);
    while (!condition.test(job(id))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("too long: " + job(id));
      }
      Thread.sleep(200);
    }
  }

  private static JsonNode job(String id) throws IOException {
    return JsonMapper.shared().readTree(Request.get(api + "/jobs/" + id).send());
  }

  /** Tells the proxy who is ready, again and again. */
  private static void follow() {
    try {
      while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        Map<String, Collection<Instance>> ready = new HashMap<>();
        for (String service : SERVED) {
          ready.put(service, stack.instances(service).stream().filter(Instance::isReady).toList());
        }
        stack.route(ready);
      }
    } catch (IOException e) {
      e.printStackTrace();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
