package io.lodisc.inference.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.util.UriBuilderFactory;

/** The part of the training-service's API that is used here, but for the large files. */
interface TrainingClient {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Model(String alias, String checkpoint) {}

  @GetExchange("/api/v1/models/{alias}")
  Model model(UriBuilderFactory service, @PathVariable String alias);
}
