package io.lodisc.inference.model;

import io.lodisc.inference.config.InferenceProperties;
import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.util.DefaultUriBuilderFactory;

/** The training-service, wherever the configuration says at the moment that it is. */
@Component
class TrainingService {

  private static final Logger log = LoggerFactory.getLogger(TrainingService.class);

  private final Environment environment;
  private final RestClient http;
  private final TrainingClient client;

  TrainingService(
      RestClient.Builder builder, InferenceProperties properties, Environment environment) {
    this.environment = environment;
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build());
    requests.setReadTimeout(properties.trainingTimeout());
    this.http = builder.requestFactory(requests).build();
    this.client =
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http))
            .build()
            .createClient(TrainingClient.class);
  }

  /**
   * The id of the checkpoint that the alias points to.
   *
   * @throws RestClientException if there is no such alias or the service is silent
   */
  String checkpointOf(String alias) {
    try {
      TrainingClient.Model model = client.model(service(), alias);
      if (model != null && model.checkpoint() != null) {
        return model.checkpoint();
      }
    } catch (ResourceAccessException | RestClientResponseException e) {
      throw e;
    } catch (RestClientException e) {
      log.warn("The training-service's answer is not one", e);
    }
    throw new ApiException(
        Problem.UPSTREAM_UNAVAILABLE,
        "The training-service's answer names no checkpoint.",
        "Check that lodisc.inference.training-url names a training-service of this version.");
  }

  /**
   * Writes a checkpoint's file.
   *
   * @return what arrived
   * @throws RestClientException if there is no such file or the service is silent
   * @throws CheckpointException if it has more than maxBytes
   */
  Download download(String checkpoint, String file, Path to, long maxBytes) {
    URI uri =
        service()
            .uriString("/api/v1/checkpoints/{checkpoint}/files/{file}")
            .build(checkpoint, file);
    return http.get()
        .uri(uri)
        .exchange(
            (request, response) -> {
              if (!response.getStatusCode().is2xxSuccessful()) {
                throw response.createException();
              }
              return Download.write(file, response.getBody(), to, maxBytes);
            });
  }

  private DefaultUriBuilderFactory service() {
    return new DefaultUriBuilderFactory(
        environment.getRequiredProperty("lodisc.inference.training-url"));
  }
}
