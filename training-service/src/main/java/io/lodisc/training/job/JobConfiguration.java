package io.lodisc.training.job;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.dataset.DatasetRegistry;
import io.lodisc.training.pretrain.PretrainingProcess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  @Bean
  JobLauncher jobLauncher(
      DatasetRegistry datasets,
      CheckpointRegistry checkpoints,
      TrainingFolders folders,
      JsonMapper json,
      TrainingProperties properties) {
    return new JobLauncher(
        datasets,
        checkpoints,
        folders,
        json,
        PretrainingProcess.class.getName(),
        properties.childMemory());
  }
}
