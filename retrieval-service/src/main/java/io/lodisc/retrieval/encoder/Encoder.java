package io.lodisc.retrieval.encoder;

import io.lodisc.retrieval.encoder.EmbeddingsClient.Embeddings;
import io.lodisc.retrieval.vector.Vectors;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

/** Asks the inference-service for the embeddings of pictures. */
@Component
public class Encoder {

  private final EmbeddingsClient client;
  private final Environment environment;

  Encoder(EmbeddingsClient client, Environment environment) {
    this.client = client;
    this.environment = environment;
  }

  /**
   * Embeds the pictures in one request.
   *
   * @param model an alias
   * @throws org.springframework.web.client.RestClientException if the service refuses or is silent
   */
  public Encoding encode(String model, List<? extends Resource> pictures) {
    MultiValueMap<String, HttpEntity<?>> form = new LinkedMultiValueMap<>();
    form.add("model", new HttpEntity<>(model));
    for (int i = 0; i < pictures.size(); i++) {
      form.add("image", part(pictures.get(i), "picture-" + i));
    }
    Embeddings answer = embed(new DefaultUriBuilderFactory(url()), form);
    if (!isSound(answer, pictures.size())) {
      throw unusable();
    }
    try {
      return new Encoding(
          answer.model().checkpoint(),
          answer.dimension(),
          answer.embeddings().stream().map(Vectors::unit).toList());
    } catch (IllegalArgumentException e) {
      throw unusable();
    }
  }

  /**
   * Once more where the connection failed, as a kept one does when the other side restarts: nothing
   * is changed by embedding twice. Who is only slow is not asked again.
   */
  private Embeddings embed(UriBuilderFactory service, MultiValueMap<String, ?> form) {
    try {
      return client.embed(service, form);
    } catch (ResourceAccessException e) {
      if (e.getCause() instanceof SocketTimeoutException
          || e.getCause() instanceof HttpTimeoutException) {
        throw e;
      }
      return client.embed(service, form);
    }
  }

  private String url() {
    return environment.getRequiredProperty("lodisc.retrieval.inference-url");
  }

  private static boolean isSound(Embeddings answer, int pictures) {
    return answer != null
        && answer.model() != null
        && answer.model().checkpoint() != null
        && answer.embeddings() != null
        && answer.embeddings().size() == pictures
        && answer.embeddings().stream().allMatch(v -> v.length == answer.dimension());
  }

  private static ApiException unusable() {
    return new ApiException(
        Problem.UPSTREAM_UNAVAILABLE,
        "The inference-service's answer does not fit the request.",
        "Check that lodisc.retrieval.inference-url names an inference-service of this version.");
  }

  private static HttpEntity<Resource> part(Resource picture, String name) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_OCTET_STREAM);
    headers.setContentDispositionFormData("image", name);
    return new HttpEntity<>(picture, headers);
  }
}
