package io.lodisc.training.alias;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.CheckpointStore;
import io.lodisc.training.checkpoint.StoredCheckpoint;
import io.lodisc.web.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Registers the configured starter checkpoint, so that a new installation has a model to serve. */
@Component
class StarterModel implements InitializingBean {

  private static final String NAME = "starter";
  private static final Logger log = LoggerFactory.getLogger(StarterModel.class);

  private final Path configured;
  private final CheckpointStore store;
  private final CheckpointRegistry checkpoints;
  private final AliasRegistry aliases;

  StarterModel(
      TrainingProperties properties,
      CheckpointStore store,
      CheckpointRegistry checkpoints,
      AliasRegistry aliases) {
    this.configured = properties.starter();
    this.store = store;
    this.checkpoints = checkpoints;
    this.aliases = aliases;
  }

  @Override
  public void afterPropertiesSet() {
    if (configured == null) {
      return;
    }
    if (!Files.isDirectory(configured)) {
      log.warn("There is no starter checkpoint: lodisc.training.starter={}", configured);
      return;
    }
    try {
      register(Checkpoints.verify(configured));
      if (aliases.find(NAME).isEmpty()) {
        aliases.promote(NAME, NAME, "lodisc", "The first model of a new installation.");
      }
    } catch (CheckpointException e) {
      throw new SettingException(
          "lodisc.training.starter", configured, "the checkpoint is damaged: " + e.getMessage(), e);
    }
  }

  private void register(Manifest manifest) {
    Optional<StoredCheckpoint> known = checkpoints.find(NAME);
    if (known.isEmpty()) {
      try {
        checkpoints.register(NAME, store.known(configured, manifest, null), manifest);
      } catch (DataIntegrityViolationException e) {
        log.info("Another replica registered the starter checkpoint first");
      }
    } else if (known.get().manifest().files().equals(manifest.files())) {
      checkpoints.moved(NAME, store.known(configured, manifest, known.get().folder()));
    } else {
      log.warn("The starter checkpoint in {} is not the registered one, which stays", configured);
    }
  }
}
