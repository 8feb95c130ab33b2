package io.lodisc.web.monitoring;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** What operators see of every service. */
@Configuration
@Import({CallNames.class, GpuMeters.class, LogIds.class})
public class MonitoringConfiguration {

  /** Probes and scrapes are no requests of users: they are neither timed nor traced. */
  @Bean
  ObservationPredicate requestsOfUsersOnly() {
    return (name, context) ->
        !(context instanceof ServerRequestObservationContext request
            && request.getCarrier().getRequestURI().startsWith("/actuator"));
  }

  /** Looking up what an alias means is done all the time and for nobody: no trace is sent of it. */
  @Bean
  SpanExportingPredicate noTracesOfLookUps() {
    return span ->
        !(span.getTags().getOrDefault("uri", "").startsWith("/api/v1/models/{")
            && "GET".equals(span.getTags().get("method")));
  }
}
