package io.lodisc.retrieval.encoder;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.util.UriBuilderFactory;

/** The part of the inference-service's API that is used here. */
@HttpExchange(accept = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
interface EmbeddingsClient {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Model(String checkpoint) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Embeddings(Model model, int dimension, List<float[]> embeddings) {}

  @PostExchange(url = "/api/v1/embeddings", contentType = MediaType.MULTIPART_FORM_DATA_VALUE)
  Embeddings embed(UriBuilderFactory service, @RequestBody MultiValueMap<String, ?> form);
}
