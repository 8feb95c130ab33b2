package io.lodisc.training.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedReproductionTest {

  /** Three steps an epoch, a checkpoint after every 120 steps. */
  private static final String EPOCHS = "{\"epochs\": 160}";

  @TempDir private Path folder;

  @Test
  void goesOnWhereItWasInterruptedOrKilledAndEndsAsOneThatWasNot() throws Exception {
    assertThat(new Reproduction(request("whole"), event -> {}).run()).isEmpty();

    Thread here = Thread.currentThread();
    Runnable interrupt = once(here::interrupt);
    Reproduction interrupted =
        new Reproduction(request("cut"), event -> atStep(event, 130, interrupt));
    assertThatThrownBy(interrupted::run).isInstanceOf(InterruptedException.class);

    assertThat(interrupted.open()).extracting(PlannedRun::name).containsExactly("gl-seed0");
    Path untrained = run("cut", "untrained-seed0").resolve("result.json");
    String finished = Files.readString(untrained);

    List<Event> events = new CopyOnWriteArrayList<>();
    Reproduction killed =
        new Reproduction(
            request("cut"),
            event -> {
              events.add(event);
              atStep(event, 260, InterruptedReproductionTest::killTheTrainingProcess);
            });
    assertThat(killed.run())
        .hasEntrySatisfying("gl-seed0", why -> assertThat(why).contains("SIGKILL"));
    assertThat(firstStep(events)).isGreaterThan(120);

    events.clear();
    assertThat(new Reproduction(request("cut"), events::add).run()).isEmpty();
    assertThat(firstStep(events)).isGreaterThan(240);
    assertThat(events).allMatch(event -> event.run().name().equals("gl-seed0"));

    assertThat(untrained).hasContent(finished);
    assertSame("untrained-seed0");
    assertSame("gl-seed0");
    assertThat(run("cut", "gl-seed0").resolve("checkpoints")).doesNotExist();
  }

  private void assertSame(String name) throws IOException {
    Result whole = new RunFolder(run("whole", name)).result();
    Result cut = new RunFolder(run("cut", name)).result();

    assertThat(cut.settings()).isEqualTo(whole.settings());
    assertThat(cut.epochs()).hasSameSizeAs(whole.epochs());
    assertThat(cut.epochs())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("imagesPerSecond", "dataWait")
        .isEqualTo(whole.epochs());
    assertThat(cut.evaluations()).isEqualTo(whole.evaluations());
    assertThat(cut.kept()).isEqualTo(whole.kept());
    assertThat(run("cut", name).resolve(Checkpoints.ENCODER))
        .hasSameBinaryContentAs(run("whole", name).resolve(Checkpoints.ENCODER));
  }

  /** The run goes on for a moment, to write a checkpoint, and tells of it. */
  private static Runnable once(Runnable act) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        act.run();
      }
    };
  }

  private static void atStep(Event event, long step, Runnable act) {
    if (event.run().name().equals("gl-seed0")
        && event.state() == Event.State.RUNNING
        && event.progress().step() >= step) {
      act.run();
    }
  }

  private static void killTheTrainingProcess() {
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static long firstStep(List<Event> events) {
    return events.stream()
        .filter(event -> event.state() == Event.State.RUNNING)
        .findFirst()
        .orElseThrow()
        .progress()
        .step();
  }

  private Path run(String folderName, String name) {
    return folder.resolve(folderName).resolve("out/runs").resolve(name);
  }

  private Request request(String name) {
    return TinyTable.of(folder.resolve(name), "table1", "gl").over(EPOCHS).request();
  }
}
