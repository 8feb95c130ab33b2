package io.lodisc.inference;

import io.lodisc.inference.config.InferenceProperties;
import io.lodisc.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/**
 * The inference-service, to be imported by an application. Its beans carry their full class names,
 * so that the services can share one application.
 */
@Configuration
@Import(WebConfiguration.class)
@PropertySource("classpath:lodisc-inference.properties")
@EnableConfigurationProperties(InferenceProperties.class)
@ComponentScan(
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
    excludeFilters = @Filter(SpringBootConfiguration.class))
public class InferenceConfiguration {}
