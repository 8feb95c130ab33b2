package io.lodisc.training;

import io.lodisc.web.SchemaMigration;
import io.lodisc.web.WebConfiguration;
import io.lodisc.web.blob.BlobConfiguration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** All of the training service; an application imports it beside Boot's auto-configuration. */
@Configuration
@ComponentScan
@EntityScan
@EnableJpaRepositories
@EnableConfigurationProperties(TrainingProperties.class)
@Import({
  WebConfiguration.class,
  BlobConfiguration.class,
  DatabaseInitializationDependencyConfigurer.class
})
public class TrainingConfiguration {

  /** After the settings were checked: nothing is changed by a service that will not start. */
  @Bean
  static SchemaMigration trainingSchema(
      TrainingProperties checked, DataSource database, Environment environment) {
    return SchemaMigration.of(database, environment, "training");
  }
}
