package io.lodisc.training.alias;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@TrainingTest
class AliasTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired CheckpointRegistry checkpoints;

  @Test
  void movesToThePromotedCheckpoint() throws IOException {
    String first = checkpoint();
    String second = checkpoint();

    Answer promoted = promote("moving", first).is(200);
    assertThat(promoted.text("alias")).isEqualTo("moving");
    assertThat(promoted.text("checkpoint")).isEqualTo(first);
    assertThat(promoted.text("promotedAt")).isNotBlank();
    assertThat(api.get("/api/v1/models/moving").is(200).json()).isEqualTo(promoted.json());
    Answer moved = promote("moving", second).is(200);
    assertThat(api.get("/api/v1/models/moving").is(200).text("checkpoint")).isEqualTo(second);
    assertThat(api.get("/api/v1/models").is(200).json().path("items"))
        .anyMatch(moved.json()::equals);
  }

  @Test
  void staysWhereItIsWhenPromotedToNothing() throws IOException {
    String first = checkpoint();
    promote("steady", first).is(200);

    promote("steady", "nowhere").isProblem(404, "not-found", "'nowhere'");

    assertThat(api.get("/api/v1/models/steady").text("checkpoint")).isEqualTo(first);
  }

  @Test
  void staysWhereItIsWhenPromotedToADamagedCheckpoint() throws IOException {
    String good = checkpoint();
    String damaged = checkpoint();
    promote("careful", good).is(200);
    Path file = checkpoints.get(damaged).folder().resolve("encoder.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    promote("careful", damaged).isProblem(422, "broken-checkpoint", "encoder.safetensors");

    assertThat(api.get("/api/v1/models/careful").text("checkpoint")).isEqualTo(good);
  }

  @Test
  void refusesBadRequests() throws IOException {
    promote("Bad%20Name", checkpoint()).isProblem(400, "invalid-request", "Bad");
    api.put("/api/v1/models/x", "{}").isProblem(400, "out-of-range", "checkpoint");
    api.put("/api/v1/models/x", "{\"checkpont\":\"a\"}")
        .isProblem(400, "unknown-field", "'checkpont'");
    api.put("/api/v1/models/x", "{\"checkpoint\": []}")
        .isProblem(400, "invalid-request", "'checkpoint' must be text.");
    api.get("/api/v1/models/nobody").isProblem(404, "not-found", "'nobody'");
  }

  private Answer promote(String alias, String checkpoint) {
    return api.put("/api/v1/models/" + alias, "{\"checkpoint\":\"%s\"}".formatted(checkpoint));
  }

  private String checkpoint() throws IOException {
    String id = UUID.randomUUID().toString();
    Path folder = home.folder().resolve("blobs/checkpoints").resolve(id).resolve("step-00000001");
    checkpoints.register(id, folder, Checkpointed.write(folder, id, 1));
    return id;
  }
}
