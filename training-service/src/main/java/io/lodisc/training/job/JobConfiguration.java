package io.lodisc.training.job;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.alias.AliasRegistry;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.housekeeping.Headroom;
import io.lodisc.training.pretrain.PretrainingProcess;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.QueuePolicy;
import io.lodisc.training.queue.WakeUp;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  @Bean
  JobQueue jobQueue(DataSource database, TrainingProperties properties) {
    TrainingProperties.Queue queue = properties.queue();
    return new JobQueue(
        new TransactionAwareDataSourceProxy(database),
        new QueuePolicy(queue.lease(), queue.backoff(), queue.runningPerOwner()));
  }

  @Bean
  WakeUp wakeUp() {
    return new WakeUp();
  }

  @Bean
  ChildLimits childLimits(TrainingProperties properties, Headroom disk) {
    return new ChildLimits(
        properties.childMemory(), properties.cancelGrace(), properties.pauseGrace(), disk);
  }

  @Bean
  ChildMain childMain() {
    return new ChildMain(PretrainingProcess.class.getName());
  }

  @Bean
  PretrainType pretrainType(
      JobFiles files,
      CheckpointRegistry checkpoints,
      AliasRegistry aliases,
      SettingsBinder binder,
      TrainingFolders folders,
      JobRecords records,
      ChildLimits limits,
      ChildMain main,
      JsonMapper json) {
    return new PretrainType(
        files, checkpoints, aliases, binder, folders, records, limits, main, json);
  }
}
