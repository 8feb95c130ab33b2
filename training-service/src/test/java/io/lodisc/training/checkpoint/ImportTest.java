package io.lodisc.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.QueryEncoder;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VitWeights;
import io.lodisc.model.vit.Weights;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@TrainingTest(properties = {"lodisc.training.workers=0", "lodisc.training.import-limit=100KB"})
class ImportTest {

  private static final Architecture TINY = new Architecture(16, 8, 24, 1, 2, 2, Positions.LEARNED);

  @Autowired Api api;
  @Autowired Home home;
  @Autowired CheckpointRegistry registry;
  @TempDir Path temporary;
  private Map<String, Tensor> tensors;

  @BeforeEach
  void draw() {
    Torch.start();
    try (NDManager manager = Torch.manager()) {
      Weights weights = new Weights(manager);
      VitWeights.initialize(weights, TINY, 0.02, new Draw(6));
      tensors = TensorWeights.copy(weights);
    }
  }

  @Test
  void becomesACheckpointThatIsServedPromotedAndStartedFrom() throws IOException {
    tensors.put("head.weight", new Tensor(new float[24], 1, 24));

    Answer created =
        upload(Map.of("name", "tiny", "heads", "2", "mean", "0.5,0.5,0.5", "std", "1,1,2")).is(201);

    assertThat(created.headers().getLocation()).hasPath("/api/v1/checkpoints/tiny");
    JsonNode answer = created.json();
    assertThat(answer.path("id").asString()).isEqualTo("tiny");
    assertThat(answer.path("recognised").asString()).isEqualTo("timm");
    assertThat(answer.path("unused").toString()).isEqualTo("[\"head.weight\"]");
    assertThat(answer.path("missing").toString()).isEqualTo("[]");
    assertThat(answer.path("architecture").path("imageSize").asInt()).isEqualTo(16);
    JsonNode shown = api.get("/api/v1/checkpoints/tiny").is(200).json();
    shown.properties().forEach(f -> assertThat(answer.get(f.getKey())).isEqualTo(f.getValue()));

    Manifest manifest = Checkpoints.verify(registry.get("tiny").folder());
    assertThat(manifest.architecture()).isEqualTo(TINY);
    assertThat(manifest.preprocessing().mean()).containsExactly(0.5, 0.5, 0.5);
    assertThat(manifest.preprocessing().std()).containsExactly(1.0, 1.0, 2.0);
    QueryEncoder.load(registry.get("tiny").folder()).close();
    api.put("/api/v1/models/imported", "{\"checkpoint\":\"tiny\"}").is(200);
    Path pictures = Pictures.folder(home.datasets().resolve("four"), 4);
    api.post("/api/v1/datasets", "{\"name\":\"four\",\"path\":\"%s\"}".formatted(pictures)).is(201);
    Answer job =
        api.post(
                "/api/v1/jobs",
                "{\"dataset\":\"four\",\"batch\":4,\"start\":\"imported\","
                    + "\"architecture\":{\"imageSize\":32}}")
            .is(201);
    assertThat(job.text("start")).isEqualTo("tiny");
    assertThat(job.json().path("settings").path("architecture").path("imageSize").asInt())
        .isEqualTo(32);
    assertThat(job.json().path("settings").path("normalisation").path("std").get(2).asInt())
        .isEqualTo(2);
    assertThat(home.folder().resolve("blobs/incoming")).isEmptyDirectory();
  }

  @Test
  void fitsPositionsAndNamesItself() throws IOException {
    Answer created = upload(Map.of("heads", "2", "imageSize", "24")).is(201);

    assertThat(created.text("id")).matches("import-[0-9a-f]{12}");
    assertThat(created.json().path("notes").toString())
        .contains("from pictures of 16 pixels to 24");
    Path folder = registry.get(created.text("id")).folder();
    assertThat(Checkpoints.read(folder, Checkpoints.ENCODER).get("pos_embed").shape())
        .containsExactly(1, 10, 24);
  }

  @Test
  void refusesATakenName() throws IOException {
    upload(Map.of("name", "taken", "heads", "2")).is(201);
    upload(Map.of("name", "taken", "heads", "2")).isProblem(409, "already-exists", "'taken'");
  }

  @Test
  void refusesWhatCannotBeUsedAndKeepsNothing() throws IOException {
    List<Path> before = blobs();

    refused(Files.write(temporary.resolve("x.pth"), new byte[99]))
        .isProblem(422, "not-safetensors", "upload.safetensors");
    refused(file(Map.of("conv1.weight", new Tensor(new float[1], 1))))
        .isProblem(422, "unknown-naming", "conv1.weight", "timm, torchvision, huggingface");
    Tensor norm = tensors.remove("norm.weight");
    Answer missing = refused(file(tensors));
    missing.isProblem(422, "missing-tensors", "norm.weight");
    assertThat(missing.json().path("tensors").toString()).isEqualTo("[\"norm.weight\"]");
    tensors.put("norm.weight", new Tensor(new float[23], 23));
    refused(file(tensors)).isProblem(422, "unsupported-encoder", "norm.weight", "[23]", "[24]");
    tensors.put("norm.weight", norm);
    upload(Map.of()).isProblem(422, "unsupported-encoder", "heads");
    upload(Map.of("heads", "2", "imageSize", "20"))
        .isProblem(422, "unsupported-encoder", "imageSize 20");
    refused(Files.write(temporary.resolve("large"), new byte[101 * 1024]))
        .isProblem(413, "upload-too-large", "102400");

    assertThat(blobs()).isEqualTo(before);
    assertThat(home.folder().resolve("blobs/incoming")).isEmptyDirectory();
  }

  @Test
  void refusesBadFieldsByName() throws IOException {
    upload(Map.of("name", "../up")).isProblem(400, "out-of-range", "name");
    upload(Map.of("name", "0123456789ab-12")).isProblem(400, "out-of-range", "name");
    upload(Map.of("heads", "many")).isProblem(400, "out-of-range", "heads", "'many'");
    upload(Map.of("heads", "0")).isProblem(400, "out-of-range", "heads");
    upload(Map.of("mean", "0.5,0.5")).isProblem(400, "out-of-range", "mean");
    upload(Map.of("std", "1,1,0")).isProblem(400, "out-of-range", "std");
    upload(Map.of("std", "1,1,x")).isProblem(400, "out-of-range", "std");
    upload(Map.of("head", "2")).isProblem(400, "unknown-field", "'head'");
    api.post("/api/v1/checkpoints:import", "{}").is(415);
  }

  private Answer upload(Map<String, String> fields) throws IOException {
    return api.upload("/api/v1/checkpoints:import", file(tensors), fields);
  }

  private Answer refused(Path file) {
    return api.upload(
        "/api/v1/checkpoints:import", file, new LinkedHashMap<>(Map.of("heads", "2")));
  }

  private Path file(Map<String, Tensor> content) throws IOException {
    Path file = temporary.resolve(UUID.randomUUID() + ".safetensors");
    SafeTensors.write(file, content);
    return file;
  }

  private List<Path> blobs() throws IOException {
    Path folder = Files.createDirectories(home.folder().resolve("blobs/checkpoints"));
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.sorted().toList();
    }
  }
}
