package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The job commands against a server in a process of its own, with real training. */
class JobsCommandTest {

  private static final String TINY =
      """
      {"batch": 4, "headHidden": 16, "headOut": 8, "threads": 1, "epochs": 2,
       "architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
       "evaluation": {"everyEpochs": 0}}
      """;

  private String out;
  private String errors;

  @Test
  void submitsWatchesListsPausesResumesCancelsAndPrintsLogs() throws Exception {
    try (Home home = Home.make();
        Program program = Program.serve(home.path())) {
      String server = program.url().toString();
      dataset(home, server);
      Path file = Files.writeString(home.path().resolve("job.json"), TINY);

      run(0, server, "submit", file.toString(), "--dataset", "dozen", "--watch");
      String done = out.lines().findFirst().orElseThrow();
      assertThat(out).contains("RUNNING", done + " SUCCEEDED", "checkpoint: " + done + "-6");

      run(0, server, "submit", file.toString(), "--dataset", "dozen", "-s", "epochs=100000");
      String id = out.strip();
      run(0, server, "pause", id);
      awaitListed(server, "paused", id);
      run(0, server, "resume", id);
      run(1, server, "resume", id);
      assertThat(errors).contains("Only a paused, failed or cancelled job can be resumed.");
      run(0, server, "cancel", id);
      run(1, server, "watch", id);
      assertThat(out).contains(id + " CANCELLED");

      run(0, server, "logs", done);
      run(0, server, "list");
      assertThat(out).contains(done, "SUCCEEDED", "100 % of 2", id, "CANCELLED");
      run(1, server, "watch", "none");
      assertThat(errors).contains("There is no job 'none'.");
    }
    run(1, "http://localhost:1", "list");
    assertThat(errors).contains("does not answer", "./lodisc serve");
  }

  private void awaitListed(String server, String state, String id) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      run(0, server, "list", "--state", state);
      if (out.contains(id)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(out);
  }

  private static void dataset(Home home, String server) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(home.path().resolve("datasets/dozen"));
    for (int i = 0; i < 12; i++) {
      BufferedImage picture = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(i, i, -1);
      ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/api/v1/datasets"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"dozen\",\"path\":\"%s\"}".formatted(folder)))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(201);
  }

  private void run(int expected, String server, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("jobs", command));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", server));
    PrintStream console = System.out;
    PrintStream errorConsole = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream wrong = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(wrong, true, StandardCharsets.UTF_8));
    try {
      assertThat(Lodisc.run(all.toArray(String[]::new))).isEqualTo(expected);
    } finally {
      System.setOut(console);
      System.setErr(errorConsole);
      out = said.toString(StandardCharsets.UTF_8);
      errors = wrong.toString(StandardCharsets.UTF_8);
    }
  }
}
