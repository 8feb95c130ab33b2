package io.lodisc.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.checkpoint.Checkpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class AliasTest extends ServiceTest {

  private final byte[] image = Drawings.png(3);

  @Test
  void followsAnAliasThatMovesUnderLoad() throws Exception {
    String old = offer(11);
    String next = offer(12);
    TRAINING.aliases.put("moving", old);
    Map<String, float[][]> expected =
        Map.of(old, expected(old, image), next, expected(next, image));
    CountDownLatch warm = new CountDownLatch(50);
    List<Future<Integer>> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        callers.add(threads.submit(() -> askUntil(next, expected, warm)));
      }
      warm.await();
      TRAINING.aliases.put("moving", next);
    }

    for (Future<Integer> caller : callers) {
      assertThat(caller.get()).isPositive();
    }
  }

  /** Asks again and again until the model has moved, and checks every answer on the way. */
  private int askUntil(String next, Map<String, float[][]> expected, CountDownLatch warm) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    for (int answers = 1; System.nanoTime() < end; answers++) {
      Answer answer = Form.of("moving", image).send(port);
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      assertThat(answer.vector(0))
          .containsExactly(expected.get(answer.checkpoint())[0], within(1e-5f));
      if (answer.checkpoint().equals(next)) {
        return answers;
      }
      warm.countDown();
    }
    throw new AssertionError("the alias never moved");
  }

  @Test
  void servesTheOldModelWhileTheNewOneLoads() {
    String old = offer(21);
    String next = offer(22);
    TRAINING.aliases.put("loading", old);
    assertThat(ask("loading").checkpoint()).isEqualTo(old);
    CountDownLatch gate = new CountDownLatch(1);
    TRAINING.held.put(next, gate);

    TRAINING.aliases.put("loading", next);
    until(() -> TRAINING.downloads(next, Checkpoints.ENCODER) == 1);
    assertThat(ask("loading").checkpoint()).isEqualTo(old);
    gate.countDown();

    until(() -> ask("loading").checkpoint().equals(next));
  }

  @Test
  void keepsServingWhileTrainingIsAway() {
    String known = offer(31);
    assertThat(ask(known).status()).isEqualTo(200);
    TRAINING.stop();
    try {
      assertThat(ask(known).status()).isEqualTo(200);
      Answer unknown = ask("never-asked-for");
      assertThat(unknown.status()).isEqualTo(503);
      assertThat(unknown.problem()).isEqualTo("upstream-unavailable");
    } finally {
      TRAINING.start();
    }
    String next = offer(32);
    TRAINING.aliases.put(known, next);
    until(() -> ask(known).checkpoint().equals(next));
  }

  @Test
  void forgetsAnAliasThatIsGone() {
    String id = offer(41);
    TRAINING.aliases.put("short-lived", id);
    assertThat(ask("short-lived").status()).isEqualTo(200);

    TRAINING.aliases.remove("short-lived");

    until(() -> ask("short-lived").status() == 404);
  }

  @Test
  void aliasesOfOneCheckpointShareItsEncoder() {
    String id = offer(51);
    TRAINING.aliases.put("first", id);
    TRAINING.aliases.put("second", id);

    assertThat(ask("first").checkpoint()).isEqualTo(id);
    assertThat(ask("second").checkpoint()).isEqualTo(id);
    assertThat(TRAINING.downloads(id, Checkpoints.ENCODER)).isEqualTo(1);
  }

  @Test
  void servesMoreModelsThanItKeepsInMemory() {
    List<String> ids = List.of(offer(61), offer(62), offer(63), offer(64));
    for (int round = 0; round < 3; round++) {
      for (String id : ids) {
        assertThat(ask(id).checkpoint()).isEqualTo(id);
      }
    }
    assertThat(ids)
        .allSatisfy(id -> assertThat(TRAINING.downloads(id, Checkpoints.ENCODER)).isEqualTo(1));
  }

  @Test
  void refusesADamagedCheckpointAndKeepsNothingOfIt() throws Exception {
    String id = offer(71);
    Path file = TRAINING.checkpoints.get(id).resolve("encoder.safetensors");
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);

    Answer refused = ask(id);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("broken-checkpoint");
    assertThat(cached(id)).doesNotExist();
    Files.write(file, whole);
    assertThat(ask(id).status()).isEqualTo(200);
  }

  @Test
  void staysWithTheOldModelWhereTheNewOneIsDamaged() throws Exception {
    String old = offer(81);
    String broken = offer(82);
    Files.write(TRAINING.checkpoints.get(broken).resolve("manifest.json"), "{}".getBytes());
    TRAINING.aliases.put("unlucky", old);
    assertThat(ask("unlucky").checkpoint()).isEqualTo(old);

    TRAINING.aliases.put("unlucky", broken);
    until(() -> TRAINING.downloads(broken, Checkpoints.MANIFEST) == 1);
    assertThat(ask("unlucky").checkpoint()).isEqualTo(old);

    TRAINING.aliases.put("unlucky", offer(83));
    until(() -> !ask("unlucky").checkpoint().equals(old));
  }

  @Test
  void fetchesAgainWhatRottedOnDisk() throws Exception {
    String id = offer(91);
    Files.createDirectories(cached(id));
    Files.writeString(cached(id).resolve("manifest.json"), "rotten");

    assertThat(ask(id).status()).isEqualTo(200);
  }

  private Answer ask(String alias) {
    return Form.of(alias, image).send(port);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
