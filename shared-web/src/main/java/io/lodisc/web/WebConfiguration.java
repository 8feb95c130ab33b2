package io.lodisc.web;

import io.lodisc.web.monitoring.MonitoringConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

/** What each service's HTTP side has in common; imported by their configurations. */
@Configuration
@Import({Drain.class, ProblemHandler.class, DatabaseProblems.class, MonitoringConfiguration.class})
@PropertySource("classpath:lodisc-web.properties")
public class WebConfiguration {

  @Bean
  static SettingsCheck settingsCheck(Environment environment) {
    return new SettingsCheck(environment);
  }
}
