package io.lodisc.web.monitoring;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What operators see of every service. */
@Configuration
@Import(GpuMeters.class)
public class MonitoringConfiguration {}
