package io.lodisc.web;

import io.lodisc.web.monitoring.MonitoringConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** What each service's HTTP side has in common; imported by their configurations. */
@Configuration
@Import({ProblemHandler.class, MonitoringConfiguration.class})
@PropertySource("classpath:lodisc-web.properties")
public class WebConfiguration {}
