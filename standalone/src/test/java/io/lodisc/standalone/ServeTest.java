package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program under signals, with real processes. */
class ServeTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private Home home;

  @BeforeEach
  void make() throws IOException {
    home = Home.make();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void anInterruptLeavesNoProcessBehindAndTheDataStays() throws Exception {
    List<ProcessHandle> family;
    ProcessHandle postgres;
    try (Program program = Program.serve(home.path())) {
      createCollection(program.url());
      family = program.family();
      postgres = postgres();
      program.signal("INT");
    }
    assertThat(family).noneMatch(ProcessHandle::isAlive);
    assertThat(home.path().resolve("postgres/postmaster.pid")).doesNotExist();
    assertThat(postgres.onExit()).as("ends").succeedsWithin(Duration.ofSeconds(10));

    try (Program again = Program.serve(home.path())) {
      assertThat(collections(again.url())).contains("\"name\":\"birds\"");
    }
  }

  @Test
  void startsAfterAKill() throws Exception {
    ProcessHandle leftOver;
    try (Program program = Program.serve(home.path())) {
      createCollection(program.url());
      leftOver = postgres();
      program.signal("KILL");
    }
    try (Program again = Program.serve(home.path())) {
      assertThat(collections(again.url())).contains("\"name\":\"birds\"");
      assertThat(leftOver.isAlive()).isFalse();
    }
  }

  @Test
  void oneHomeIsForOneProgram() throws Exception {
    try (Program program = Program.serve(home.path())) {
      program.url();
      assertThat(Lodisc.run("serve", "--home", home.path().toString(), "--port", "0")).isEqualTo(1);
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsToldInOneLine() {
    PrintStream console = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int code =
          Lodisc.run(
              "serve",
              "--home",
              home.path().toString(),
              "--port",
              "0",
              "--database",
              "jdbc:postgresql://localhost:1/none");
      assertThat(code).isEqualTo(1);
    } finally {
      System.setErr(console);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("lodisc: The database cannot be used: Connection to localhost:1 refused");
  }

  private ProcessHandle postgres() throws IOException {
    Path file = home.path().resolve("postgres/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private void createCollection(URI url) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(url.resolve("/api/v1/collections"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"birds\"}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private String collections(URI url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/collections")).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
