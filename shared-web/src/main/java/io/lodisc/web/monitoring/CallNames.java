package io.lodisc.web.monitoring;

import io.micrometer.common.KeyValue;
import java.util.StringJoiner;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;

/**
 * Calls of other services are named by their path without what it names, such as {@code
 * /api/v1/checkpoints/{id}/files/{id}}: of a call whose host is chosen at that moment Spring knows
 * no template.
 */
class CallNames extends DefaultClientRequestObservationConvention {

  private static final String API = "/api/v1/";

  @Override
  protected KeyValue uri(ClientRequestObservationContext context) {
    if (context.getUriTemplate() == null && context.getCarrier() != null) {
      String path = context.getCarrier().getURI().getPath();
      if (path.startsWith(API)) {
        return KeyValue.of("uri", named(path));
      }
    }
    return super.uri(context);
  }

  /** Names and ids take turns. */
  private static String named(String path) {
    StringJoiner named = new StringJoiner("/", API, "");
    String[] parts = path.substring(API.length()).split("/");
    for (int i = 0; i < parts.length; i++) {
      named.add(i % 2 == 0 ? parts[i] : "{id}");
    }
    return named.toString();
  }
}
