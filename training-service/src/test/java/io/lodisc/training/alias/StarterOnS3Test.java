package io.lodisc.training.alias;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.TrainingProperties;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.CheckpointStore;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.web.blob.S3Mock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** The starter is of every machine's disk, and all of them find it in the bucket. */
@TrainingTest
class StarterOnS3Test {

  private static final S3Mock MOCK = S3Mock.shared();
  private static final String BUCKET = MOCK.bucket();
  private static final String FILES = "/api/v1/checkpoints/starter/files/encoder.safetensors";

  @Autowired Api api;
  @Autowired CheckpointStore store;
  @Autowired CheckpointRegistry checkpoints;
  @Autowired AliasRegistry aliases;
  @TempDir Path temporary;

  @DynamicPropertySource
  static void store(DynamicPropertyRegistry registry) {
    MOCK.properties(BUCKET).forEach(p -> registry.add(p.split("=")[0], () -> p.split("=", 2)[1]));
  }

  @Test
  void isKeptOnceAndServedWithoutItsFolder() throws IOException {
    Path folder = temporary.resolve("starter");
    Checkpointed.write(folder, null, 0);

    starter(folder).afterPropertiesSet();

    List<String> keys = MOCK.keys(BUCKET, "checkpoints/imported/");
    assertThat(keys).hasSize(2);
    Path elsewhere = Files.move(folder, temporary.resolve("elsewhere"));
    starter(elsewhere).afterPropertiesSet();
    assertThat(MOCK.keys(BUCKET, "checkpoints/imported/")).isEqualTo(keys);
    MOCK.client().deleteObject(r -> r.bucket(BUCKET).key(keys.getFirst()));
    starter(elsewhere).afterPropertiesSet();
    assertThat(MOCK.keys(BUCKET, "checkpoints/imported/")).isEqualTo(keys);
    byte[] encoder = Files.readAllBytes(elsewhere.resolve("encoder.safetensors"));
    FileSystemUtils.deleteRecursively(elsewhere);
    assertThat(api.get(FILES).is(200).bytes()).isEqualTo(encoder);
  }

  private StarterModel starter(Path folder) {
    TrainingProperties properties =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of("lodisc.training.starter", folder.toString())))
            .bindOrCreate("lodisc.training", TrainingProperties.class);
    return new StarterModel(properties, store, checkpoints, aliases);
  }
}
