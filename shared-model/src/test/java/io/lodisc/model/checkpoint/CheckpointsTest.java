package io.lodisc.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  private static final Map<String, Map<String, Tensor>> FILES =
      Map.of(
          Checkpoints.ENCODER,
          Map.of("cls_token", new Tensor(new float[] {1, 2, 3, 4}, 1, 1, 4)),
          "training.predictor.safetensors",
          Map.of("0.weight", new Tensor(new float[] {5}, 1, 1)));

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = parent.resolve("step-1");
    Checkpoints.write(folder, manifest(), FILES);
  }

  @Test
  void readsBackWhatWasWritten() {
    Manifest manifest = Checkpoints.verify(folder);

    assertThat(manifest.files()).containsOnlyKeys(FILES.keySet());
    assertThat(manifest.architecture()).isEqualTo(manifest().architecture());
    assertThat(manifest.preprocessing()).isEqualTo(manifest().preprocessing());
    assertThat(manifest.createdAt()).isEqualTo(manifest().createdAt());
    assertThat(Checkpoints.read(folder, Checkpoints.ENCODER).get("cls_token").values())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void leavesNothingTemporaryBehind() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      assertThat(files).containsExactly(folder);
    }
  }

  @Test
  void neverOverwrites() {
    assertThatThrownBy(() -> Checkpoints.write(folder, manifest(), FILES))
        .isInstanceOf(IOException.class);
    Checkpoints.verify(folder);
  }

  @Test
  void refusesAWrongHash() throws IOException {
    Path file = folder.resolve(Checkpoints.ENCODER);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    refused("encoder.safetensors has a wrong hash");
  }

  @Test
  void refusesATruncatedAMissingAndALongerFile() throws IOException {
    Path file = folder.resolve("training.predictor.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    refused("training.predictor.safetensors is truncated");
    Files.write(file, bytes);
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
    refused("training.predictor.safetensors is too long");
    Files.delete(file);
    refused("training.predictor.safetensors is missing");
  }

  @Test
  void refusesABadManifest() throws IOException {
    Path file = folder.resolve(Checkpoints.MANIFEST);
    String good = Files.readString(file);
    Files.writeString(file, good.replace("\"format\" : 1", "\"format\" : 2"));
    refused("format 2");
    Files.writeString(file, good.replace(Checkpoints.ENCODER, "../../etc/passwd"));
    refused("lacks the architecture");
    Files.writeString(file, good.replace("training.predictor", "../training.predictor"));
    refused("outside of its folder");
    Files.writeString(file, "{}");
    refused("not a checkpoint's manifest");
    Files.writeString(file, "not json");
    refused("not a checkpoint's manifest");
    Files.delete(file);
    refused("manifest.json is missing");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> Checkpoints.verify(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(why);
  }

  private static Manifest manifest() {
    return new Manifest(
        Manifest.FORMAT,
        new Architecture(8, 4, 4, 1, 1, 4, Positions.SINCOS),
        Preprocessing.imagenet(8),
        "job",
        "birds",
        1,
        12,
        2.5,
        Instant.parse("2026-01-02T03:04:05Z"),
        Map.of("lodisc", "test"),
        null,
        Map.of());
  }
}
