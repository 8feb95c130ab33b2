package io.lodisc.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.web.blob.S3Mock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Checkpoints in a bucket. */
@TrainingTest
class CheckpointStoreTest {

  private static final String FILE = "encoder.safetensors";
  private static final S3Mock MOCK = S3Mock.shared();
  private static final String BUCKET = MOCK.bucket();

  @Autowired Api api;
  @Autowired TrainingFolders folders;
  @Autowired CheckpointStore store;
  @Autowired CheckpointRegistry registry;
  private String id;
  private Path folder;

  @DynamicPropertySource
  static void store(DynamicPropertyRegistry registry) {
    MOCK.properties(BUCKET).forEach(p -> registry.add(p.split("=")[0], () -> p.split("=", 2)[1]));
  }

  @BeforeEach
  void keep() throws IOException {
    String job = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    id = job + "-7";
    folder = folders.checkpoints(job).resolve("attempt-0001/step-00000007");
    Manifest manifest = Checkpointed.write(folder, job, 7);
    store.keep(folder, manifest);
    registry.register(id, folder, manifest);
  }

  @Test
  void isKeptWithTheManifestLast() {
    List<S3Object> objects =
        new ArrayList<>(
            MOCK.client()
                .listObjectsV2(r -> r.bucket(BUCKET).prefix(folders.key(folder) + "/"))
                .contents());
    objects.sort((a, b) -> a.lastModified().compareTo(b.lastModified()));

    assertThat(objects)
        .extracting(S3Object::key)
        .containsExactly(folders.key(folder) + "/" + FILE, folders.key(folder) + "/manifest.json");
  }

  @Test
  void isBroughtToItsPlaceAndToAnother() throws IOException {
    byte[] encoder = Files.readAllBytes(folder.resolve(FILE));
    StoredCheckpoint stored = registry.get(id);
    store.bring(stored, words -> assertThat(words).as("nothing to do").isNull());
    Files.write(folder.resolve(FILE), new byte[3]);

    store.bring(stored, words -> {});

    assertThat(Files.readAllBytes(folder.resolve(FILE))).isEqualTo(encoder);
    FileSystemUtils.deleteRecursively(folder);
    Path copy = store.bring(stored, folder.resolveSibling("inputs"), words -> {});
    assertThat(Files.readAllBytes(copy.resolve(FILE))).isEqualTo(encoder);
    assertThat(folder).doesNotExist();
    assertThat(folders.incoming()).isEmptyDirectory();
  }

  @Test
  void aDamagedOneIsNotTaken() throws IOException {
    StoredCheckpoint stored = registry.get(id);
    byte[] encoder = Files.readAllBytes(folder.resolve(FILE));
    encoder[encoder.length - 1] ^= 1;
    FileSystemUtils.deleteRecursively(folder);
    replace(encoder);

    assertThatThrownBy(() -> store.bring(stored, words -> {}))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("wrong hash");

    assertThat(folder).doesNotExist();
    assertThat(registry.isMissing(id)).as("its sizes are right").isFalse();
    replace(new byte[3]);
    assertThat(registry.isMissing(id)).isTrue();
    api.put("/api/v1/models/damaged", "{\"checkpoint\":\"%s\"}".formatted(id))
        .isProblem(422, "broken-checkpoint", FILE);
  }

  @Test
  void aFileThatIsGoneIsTold() {
    MOCK.client().deleteObject(r -> r.bucket(BUCKET).key(folders.key(folder) + "/" + FILE));

    api.get("/api/v1/checkpoints/" + id + "/files/" + FILE)
        .isProblem(422, "broken-checkpoint", FILE);
  }

  private void replace(byte[] content) {
    MOCK.client()
        .putObject(
            r -> r.bucket(BUCKET).key(folders.key(folder) + "/" + FILE),
            RequestBody.fromBytes(content));
  }
}
