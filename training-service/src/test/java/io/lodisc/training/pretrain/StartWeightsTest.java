package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.exchange.EncoderExport;
import io.lodisc.model.exchange.EncoderImport;
import io.lodisc.model.exchange.ImportOptions;
import io.lodisc.model.exchange.ImportedEncoder;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.PositionTable;
import io.lodisc.model.vit.VitWeights;
import io.lodisc.model.vit.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StartWeightsTest {

  private static final Architecture LEARNED =
      new Architecture(16, 4, 16, 2, 2, 2, Positions.LEARNED);
  private static final Architecture FIXED = new Architecture(16, 4, 16, 2, 2, 2, Positions.SINCOS);

  @TempDir private Path folder;

  @BeforeEach
  void startEngine() {
    Torch.start();
  }

  @Test
  void anotherPictureSizeHasItsLearnedPositionsFittedAndAllElseAsItWas() throws IOException {
    Path start = checkpoint(LEARNED);
    Map<String, Tensor> before = Checkpoints.read(start, Checkpoints.ENCODER);
    Architecture larger = LEARNED.withImageSize(24);

    Map<String, Tensor> query = started(larger, start, "query.backbone");

    float[] table = before.get("pos_embed").values();
    assertThat(query.get("pos_embed").shape()).containsExactly(1, 37, 16);
    assertThat(query.get("pos_embed").values())
        .isEqualTo(PositionTable.fit(table, LEARNED, larger));
    before.remove("pos_embed");
    before.forEach(
        (name, tensor) -> assertThat(query.get(name).values()).as(name).isEqualTo(tensor.values()));
    assertThat(started(larger, start, "key").get("backbone.pos_embed").values())
        .isEqualTo(query.get("pos_embed").values());
  }

  @Test
  void fixedPositionsAreThoseOfTheNewGrid() throws IOException {
    Architecture larger = FIXED.withImageSize(32);
    assertThat(positions(larger, checkpoint(FIXED))).isEqualTo(drawn(larger).get("pos_embed"));
  }

  @Test
  void learnedPositionsMayStartFromFixedOnesAndAreTrained() throws IOException {
    Path start = checkpoint(FIXED);

    assertThat(positions(LEARNED, start)).isEqualTo(drawn(FIXED).get("pos_embed"));
    try (NDManager manager = Torch.manager()) {
      assertThat(StartWeights.of(run(LEARNED, start), manager).trained())
          .contains("query.backbone.pos_embed");
    }
  }

  @Test
  void fixedPositionsNeverReplaceLearnedOnes() throws IOException {
    Path start = checkpoint(LEARNED);
    assertThatThrownBy(() -> positions(FIXED, start))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another architecture");
  }

  @Test
  void anImportedEncoderStartsARun() throws IOException {
    Path file = folder.resolve("exported.safetensors");
    EncoderExport.write(checkpoint(LEARNED), file);
    Map<String, Tensor> wrapped = new HashMap<>();
    SafeTensors.read(file).forEach((name, tensor) -> wrapped.put("module." + name, tensor));
    Path theirs = folder.resolve("theirs.safetensors");
    SafeTensors.write(theirs, wrapped);
    Path imported = folder.resolve("imported");
    EncoderImport.read(theirs, new ImportOptions(2, null))
        .write(imported, Preprocessing.imagenet(16), Instant.EPOCH);

    Map<String, Tensor> query = started(LEARNED, imported, "query.backbone");

    Map<String, float[]> expected = drawn(LEARNED);
    assertThat(query).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, values) -> assertThat(query.get(name).values()).as(name).isEqualTo(values));
  }

  private float[] positions(Architecture architecture, Path start) {
    return started(architecture, start, "query.backbone").get("pos_embed").values();
  }

  private Map<String, Tensor> started(Architecture architecture, Path start, String module) {
    try (NDManager manager = Torch.manager()) {
      return TensorWeights.copy(StartWeights.of(run(architecture, start), manager).at(module));
    }
  }

  private Run run(Architecture architecture, Path start) {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    request.set("architecture", JsonMapper.shared().valueToTree(architecture));
    Settings settings = SettingsJson.read(request.put("headHidden", 16).put("headOut", 8));
    return new Run("job", "data", settings, List.of(), null, start, folder, null);
  }

  private Path checkpoint(Architecture a) throws IOException {
    Path start = folder.resolve("start");
    try (NDManager manager = Torch.manager()) {
      Map<String, Tensor> tensors = TensorWeights.copy(weights(manager, a));
      new ImportedEncoder("timm", a, tensors, List.of(), List.of())
          .write(start, Preprocessing.imagenet(a.imageSize()), Instant.EPOCH);
    }
    return start;
  }

  private static Map<String, float[]> drawn(Architecture a) {
    Map<String, float[]> values = new HashMap<>();
    try (NDManager manager = Torch.manager()) {
      weights(manager, a).forEach((name, array) -> values.put(name, array.toFloatArray()));
    }
    return values;
  }

  private static Weights weights(NDManager manager, Architecture a) {
    Weights weights = new Weights(manager);
    VitWeights.initialize(weights, a, 0.02, new Draw(9));
    return weights;
  }
}
