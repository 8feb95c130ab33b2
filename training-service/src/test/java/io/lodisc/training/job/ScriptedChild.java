package io.lodisc.training.job;

import io.lodisc.training.pretrain.Run;
import io.lodisc.training.support.Checkpointed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import tools.jackson.databind.json.JsonMapper;

/** A process that speaks the trainer's protocol, well or badly as the job's seed says. */
public final class ScriptedChild {

  enum Script {
    FAST,
    WAIT_FOR_CANCEL,
    IGNORE_CANCEL,
    CRASH,
    ABORT,
    OUT_OF_MEMORY,
    FAIL,
    FAIL_PASSING,
    PAUSE_ONCE,
    GARBAGE,
    END_WITHOUT_DONE,
    HANG_AFTER_DONE,
    CHECKPOINT,
    DAMAGED_CHECKPOINT,
    EVALUATE,
    TALK,
    GARBAGE_THEN_CRASH,
    CHECKPOINT_THEN_FILL,
    FILL_A_LITTLE,
    FIVE_CHECKPOINTS
  }

  static final int STEPS = 40;

  private ScriptedChild() {}

  public static void main(String[] arguments) throws Exception {
    byte[] json = Files.readAllBytes(Path.of(arguments[0], "run.json"));
    Run run = JsonMapper.builder().build().readValue(json, Run.class);
    say(
        "{\"event\":\"progress\",\"epoch\":1,\"epochs\":1,\"step\":1,\"steps\":2,\"loss\":2.5,"
            + "\"imagesPerSecond\":10.5,\"secondsLeft\":3}");
    switch (Script.values()[(int) run.settings().seed()]) {
      case FAST -> done();
      case WAIT_FOR_CANCEL -> {
        if (new Scanner(System.in).nextLine().equals("cancel")) {
          say("{\"event\":\"cancelled\"}");
        }
      }
      case IGNORE_CANCEL -> Thread.sleep(Long.MAX_VALUE);
      case CRASH -> System.exit(7);
      case ABORT ->
          new ProcessBuilder("kill", "-ABRT", "" + ProcessHandle.current().pid()).start().waitFor();
      case OUT_OF_MEMORY -> exhaust();
      case FAIL -> {
        say(
            "{\"event\":\"failed\",\"reason\":\"The loss is no number.\",\"hint\":\"Lower it.\","
                + "\"fault\":\"DIVERGED\"}");
        System.exit(1);
      }
      case FAIL_PASSING -> {
        say("{\"event\":\"failed\",\"reason\":\"The disk is full.\",\"passing\":true}");
        System.exit(1);
      }
      case PAUSE_ONCE -> {
        if (Files.exists(run.checkpoints().resolveSibling("attempt-0001").resolve("paused"))) {
          done();
        } else if (new Scanner(System.in).nextLine().equals("pause")) {
          Files.createFile(run.checkpoints().resolve("paused"));
          say("{\"event\":\"paused\"}");
        }
      }
      case GARBAGE -> {
        say("{\"event\":\"progress\",\"epoch\":\"x\"}");
        say("{\"event\":\"party\"}");
        say("{ not json");
        say("null");
        System.out.print("g".repeat(1 << 20));
        say("\u0000\u0001 end of garbage");
        System.err.println("garbage on stderr");
        done();
      }
      case END_WITHOUT_DONE -> {}
      case HANG_AFTER_DONE -> {
        done();
        Thread.sleep(Long.MAX_VALUE);
      }
      case CHECKPOINT -> {
        checkpoint(run, 1);
        checkpoint(run, 2);
        done();
      }
      case EVALUATE -> {
        epoch();
        say(
            "{\"event\":\"evaluated\",\"epoch\":1,\"summary\":{\"start\":{\"split\":\""
                + "m".repeat(100_000)
                + "\"},\"last\":null,\"best\":{}}}");
        done();
      }
      case TALK -> talk();
      case GARBAGE_THEN_CRASH -> {
        System.err.print("x" + "猫".repeat(1 << 16) + "ü");
        System.exit(7);
      }
      case FIVE_CHECKPOINTS -> {
        for (long step = 1; step <= 5; step++) {
          checkpoint(run, step);
        }
        done();
      }
      case CHECKPOINT_THEN_FILL -> {
        if (!run.checkpoints().endsWith("attempt-0001")) {
          done();
          return;
        }
        checkpoint(run, 1);
        fill(run, 12);
        epoch();
        if (new Scanner(System.in).nextLine().equals("pause")) {
          say("{\"event\":\"paused\"}");
        }
      }
      case FILL_A_LITTLE -> {
        fill(run, 4);
        epoch();
        done();
      }
      case DAMAGED_CHECKPOINT -> {
        Path folder = run.checkpoints().resolve("step-00000003");
        Checkpointed.write(folder, run.job(), 3);
        Files.write(folder.resolve("encoder.safetensors"), new byte[3]);
        say("{\"event\":\"checkpoint\",\"folder\":\"%s\"}".formatted(folder));
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  private static void checkpoint(Run run, long step) throws Exception {
    Path folder = run.checkpoints().resolve("step-%08d".formatted(step));
    Checkpointed.write(folder, run.job(), step);
    say(
        "{\"event\":\"checkpoint\",\"folder\":\"%s\",\"epoch\":1,\"step\":%d,\"loss\":2.5}"
            .formatted(folder, step));
  }

  /** Of all there is to follow, for a second or so. */
  private static void talk() throws Exception {
    for (int step = 1; step <= STEPS; step++) {
      say("{\"event\":\"progress\",\"epoch\":1,\"step\":%d,\"steps\":40}".formatted(step));
      say(
          "{\"event\":\"metrics\",\"metrics\":{\"epoch\":%d,\"step\":%d,\"values\":{\"loss\":%s}}}"
              .formatted((step + 9) / 10, step, 1.0 / step));
      System.err.println("step " + step + ": naïve größe 猫 🐈 " + "~".repeat(step * 20));
      if (step % 10 == 0) {
        say(
            ("{\"event\":\"epoch\",\"row\":{\"epoch\":%d,\"loss\":0.5,\"terms\":{},"
                    + "\"positiveSimilarity\":0.5,\"negativeSimilarity\":0.1,\"imagesPerSecond\":9,"
                    + "\"dataWait\":0,\"learningRate\":0.1,\"momentum\":0.99}}")
                .formatted(step / 10));
        say(
            "{\"event\":\"evaluated\",\"epoch\":1,\"summary\":{},\"measured\":{\"classToken.rank1\":0.%d}}"
                .formatted(step));
        System.out.println("no event, but a line of the log");
      }
      Thread.sleep(30);
    }
    System.err.print("a last line that does not end: ü");
    done();
  }

  private static void epoch() {
    say(
        "{\"event\":\"epoch\",\"row\":{\"epoch\":1,\"loss\":2.5,\"terms\":{\"global\":2.5},"
            + "\"positiveSimilarity\":0.5,\"negativeSimilarity\":0.1,\"imagesPerSecond\":9,"
            + "\"dataWait\":0,\"learningRate\":0.1,\"momentum\":0.99}}");
  }

  private static void fill(Run run, int megabytes) throws Exception {
    Files.write(run.checkpoints().resolve("fill"), new byte[megabytes << 20]);
  }

  private static void exhaust() {
    List<long[]> all = new ArrayList<>();
    while (true) {
      all.add(new long[1 << 20]);
    }
  }

  private static void done() {
    say("{\"event\":\"done\"}");
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
