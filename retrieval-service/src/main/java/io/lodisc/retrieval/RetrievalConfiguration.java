package io.lodisc.retrieval;

import io.lodisc.retrieval.config.RetrievalProperties;
import io.lodisc.web.SchemaMigration;
import io.lodisc.web.WebConfiguration;
import io.lodisc.web.blob.BlobConfiguration;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The retrieval-service, to be imported by an application. Its beans carry their full class names,
 * so that the services can share one application.
 */
@Configuration
@Import({WebConfiguration.class, BlobConfiguration.class})
@EnableScheduling
@PropertySource("classpath:lodisc-retrieval.properties")
@EnableConfigurationProperties(RetrievalProperties.class)
@ComponentScan(
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
    excludeFilters = @Filter(SpringBootConfiguration.class))
@EntityScan(basePackageClasses = RetrievalConfiguration.class)
@EnableJpaRepositories(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class RetrievalConfiguration {

  /** After the settings were checked: nothing is changed by a service that will not start. */
  @Bean
  SchemaMigration retrievalSchema(
      RetrievalProperties checked, DataSource database, Environment environment) {
    return SchemaMigration.of(database, environment, "retrieval");
  }
}
