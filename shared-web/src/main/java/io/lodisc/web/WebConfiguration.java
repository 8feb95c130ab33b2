package io.lodisc.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** What each service's HTTP side has in common; imported by their configurations. */
@Configuration
@Import({Drain.class, HomeCheck.class, ProblemHandler.class})
@PropertySource("classpath:lodisc-web.properties")
public class WebConfiguration {}
