package io.lodisc.model.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VitWeights;
import io.lodisc.model.vit.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    Torch.start();
  }

  @ParameterizedTest
  @EnumSource(Positions.class)
  void exportAndImportGiveTheSameBytesAndArchitecture(Positions positions) throws IOException {
    Architecture a = new Architecture(24, 8, 20, 2, 5, 71.0 / 20, positions);
    Manifest manifest = drawn(a).write(folder.resolve("a"), imagenet(a), Instant.EPOCH);
    Path file = folder.resolve("a.safetensors");

    EncoderExport.write(folder.resolve("a"), file);
    ImportedEncoder again = EncoderImport.read(file, ImportOptions.NONE);
    Manifest written = again.write(folder.resolve("b"), imagenet(a), Instant.EPOCH);

    assertThat(again.architecture()).isEqualTo(a);
    assertThat(again.unused()).isEmpty();
    assertThat(again.notes()).isEmpty();
    assertThat(written.files()).isEqualTo(manifest.files());
    assertThat(folder.resolve("b").resolve(Checkpoints.ENCODER)).hasSameBinaryContentAs(file);
    assertThat(Checkpoints.verify(folder.resolve("b"))).isEqualTo(written);
  }

  @Test
  void exportNeitherOverwritesNorLeavesAnythingTemporary() throws IOException {
    Architecture a = new Architecture(8, 8, 4, 1, 1, 1, Positions.SINCOS);
    drawn(a).write(folder.resolve("a"), imagenet(a), Instant.EPOCH);
    Path file = Files.writeString(folder.resolve("there"), "mine");

    assertThatThrownBy(() -> EncoderExport.write(folder.resolve("a"), file))
        .isInstanceOf(IOException.class);

    assertThat(file).hasContent("mine");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, folder.resolve("a"));
    }
  }

  @Test
  void headsAreThoseOfTheKnownTransformers() {
    assertThat(Heads.of(null, Map.of(), 192, Positions.LEARNED)).isEqualTo(3);
    assertThat(Heads.of(null, Map.of(), 384, Positions.LEARNED)).isEqualTo(6);
    assertThat(Heads.of(null, Map.of(), 384, Positions.SINCOS)).isEqualTo(12);
    assertThat(Heads.of(null, Map.of(), 768, Positions.LEARNED)).isEqualTo(12);
    assertThat(Heads.of(null, Map.of("heads", "8"), 768, Positions.LEARNED)).isEqualTo(8);
    assertThat(Heads.of(4, Map.of("heads", "8"), 768, Positions.LEARNED)).isEqualTo(4);
    assertThat(Heads.of(null, Map.of("heads", "-1"), 768, Positions.LEARNED)).isEqualTo(12);
  }

  @Test
  void shapesAndTheirOrderAreThoseOfDrawnWeights() {
    Architecture a = new Architecture(24, 8, 20, 2, 5, 71.0 / 20, Positions.LEARNED);
    Map<String, List<Long>> drawn = new LinkedHashMap<>();
    drawn(a).tensors().forEach((name, tensor) -> drawn.put(name, list(tensor.shape())));
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    Shapes.of(a).forEach((name, shape) -> shapes.put(name, list(shape)));

    assertThat(shapes).containsExactlyEntriesOf(drawn);
    for (Naming naming : Naming.ALL) {
      assertThat(new ArrayList<>(naming.sources(2).keySet()))
          .isEqualTo(List.copyOf(drawn.keySet()));
    }
  }

  private static ImportedEncoder drawn(Architecture a) {
    try (NDManager manager = Torch.manager()) {
      Weights weights = new Weights(manager);
      VitWeights.initialize(weights, a, 0.02, new Draw(4));
      return new ImportedEncoder("timm", a, TensorWeights.copy(weights), List.of(), List.of());
    }
  }

  private static Preprocessing imagenet(Architecture a) {
    return Preprocessing.imagenet(a.imageSize());
  }

  private static List<Long> list(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
