package io.lodisc.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

@TrainingTest
class CheckpointTest {

  private static final String FILE = "encoder.safetensors";

  @Autowired Api api;
  @Autowired Home home;
  @Autowired CheckpointRegistry registry;
  private String id;
  private Path folder;

  @BeforeEach
  void register() throws IOException {
    String job = UUID.randomUUID().toString();
    id = job + "-12";
    folder = home.folder().resolve("blobs/checkpoints").resolve(job).resolve("step-00000012");
    registry.register(id, folder, Checkpointed.write(folder, job, 12));
  }

  @Test
  void isListedAndShown() {
    JsonNode shown = api.get("/api/v1/checkpoints/" + id).is(200).json();

    assertThat(shown.path("step").asLong()).isEqualTo(12);
    assertThat(shown.path("loss").asDouble()).isEqualTo(0.5);
    assertThat(shown.path("dimension").asInt()).isEqualTo(16);
    assertThat(shown.path("architecture").path("patch").asInt()).isEqualTo(8);
    assertThat(shown.path("files")).hasSize(1);
    assertThat(shown.path("files").get(0).path("name").asString()).isEqualTo(FILE);
    assertThat(api.get("/api/v1/checkpoints").is(200).json().path("items").get(0)).isEqualTo(shown);
    api.get("/api/v1/checkpoints/none").isProblem(404, "not-found", "'none'");
  }

  @Test
  void servesItsFilesWithHashRangeAndCondition() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(FILE));
    Answer whole = file(FILE).is(200);
    String etag = "\"" + registry.get(id).manifest().files().get(FILE).sha256() + "\"";

    assertThat(whole.bytes()).isEqualTo(bytes);
    assertThat(whole.headers().getETag()).isEqualTo(etag);
    assertThat(whole.headers().getContentLength()).isEqualTo(bytes.length);
    Answer range = api.get(path(FILE), h -> h.set(HttpHeaders.RANGE, "bytes=8-15")).is(206);
    assertThat(range.bytes()).isEqualTo(Arrays.copyOfRange(bytes, 8, 16));
    assertThat(range.headers().getFirst(HttpHeaders.CONTENT_RANGE))
        .isEqualTo("bytes 8-15/" + bytes.length);
    api.get(path(FILE), h -> h.setIfNoneMatch(etag)).is(304);
    Answer manifest = file("manifest.json").is(200);
    assertThat(manifest.bytes()).isEqualTo(Files.readAllBytes(folder.resolve("manifest.json")));
    assertThat(manifest.headers().getETag()).hasSize(66);
  }

  @Test
  void servesNothingElse() throws IOException {
    Files.writeString(folder.resolve("secret.txt"), "secret");
    file("secret.txt").isProblem(404, "not-found", "secret.txt");
    assertThat(file("..%2Fsecret.txt").status()).isBetween(400, 404);
    assertThat(file("..").status()).isBetween(400, 404);
  }

  @Test
  void saysWhenAFileIsGone() throws IOException {
    Files.delete(folder.resolve(FILE));
    file(FILE).isProblem(422, "broken-checkpoint", FILE);
  }

  private Answer file(String name) {
    return api.get(path(name));
  }

  private String path(String name) {
    return "/api/v1/checkpoints/" + id + "/files/" + name;
  }
}
