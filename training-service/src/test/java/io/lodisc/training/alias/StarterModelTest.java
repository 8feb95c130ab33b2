package io.lodisc.training.alias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.CheckpointStore;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@TrainingTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StarterModelTest {

  @Autowired Api api;
  @Autowired CheckpointStore store;
  @Autowired CheckpointRegistry checkpoints;
  @Autowired AliasRegistry aliases;
  @TempDir Path temporary;

  @Test
  @Order(1)
  void refusesADamagedOneInClearWords() throws IOException {
    Path folder = temporary.resolve("damaged");
    Checkpointed.write(folder, null, 0);
    Files.write(folder.resolve("encoder.safetensors"), new byte[3]);

    assertThatThrownBy(() -> starter(folder).afterPropertiesSet())
        .hasMessageContainingAll(
            "lodisc.training.starter", folder.toString(), "encoder.safetensors is truncated");
    api.get("/api/v1/models/starter").isProblem(404, "not-found");
  }

  @Test
  @Order(2)
  void isRegisteredOnceAndNeverMoved() throws IOException {
    starter(null).afterPropertiesSet();
    starter(temporary.resolve("missing")).afterPropertiesSet();
    api.get("/api/v1/models/starter").isProblem(404, "not-found");
    Path folder = temporary.resolve("good");
    Checkpointed.write(folder, null, 0);

    starter(folder).afterPropertiesSet();

    assertThat(api.get("/api/v1/models/starter").is(200).text("checkpoint")).isEqualTo("starter");
    api.get("/api/v1/checkpoints/starter").is(200);
    api.get("/api/v1/checkpoints/starter/files/encoder.safetensors").is(200);
    Manifest other = Checkpointed.write(temporary.resolve("other"), null, 1);
    checkpoints.register("other", temporary.resolve("other"), other);
    aliases.promote("starter", "other", "ann", null);
    starter(folder).afterPropertiesSet();
    assertThat(api.get("/api/v1/models/starter").text("checkpoint")).isEqualTo("other");

    Path elsewhere = Files.move(folder, temporary.resolve("elsewhere"));
    starter(elsewhere).afterPropertiesSet();
    api.get("/api/v1/checkpoints/starter/files/encoder.safetensors").is(200);
  }

  private StarterModel starter(Path folder) {
    TrainingProperties properties =
        new Binder(
                new MapConfigurationPropertySource(
                    folder == null
                        ? Map.of()
                        : Map.of("lodisc.training.starter", folder.toString())))
            .bindOrCreate("lodisc.training", TrainingProperties.class);
    return new StarterModel(properties, store, checkpoints, aliases);
  }
}
