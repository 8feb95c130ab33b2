package io.lodisc.inference.embedding;

import io.lodisc.web.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Counts the requests for embeddings that were not served, by the type of their problem. */
@ControllerAdvice
class Rejections implements ResponseBodyAdvice<Object> {

  private static final String NAME = "lodisc.inference.rejections";
  private static final String PATH = "/api/v1/embeddings";
  private static final String URN = "urn:lodisc:problem:";

  private final MeterRegistry registry;

  Rejections(MeterRegistry registry) {
    this.registry = registry;
    count(Problem.BUSY.type().toString(), 0); // so that there is a series before the first
  }

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public Object beforeBodyWrite(
      Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body instanceof ProblemDetail problem && request.getURI().getPath().startsWith(PATH)) {
      count(String.valueOf(problem.getType()), 1);
    }
    return body;
  }

  private void count(String type, int requests) {
    Counter.builder(NAME)
        .description("Requests for embeddings that were not served")
        .tag("reason", type.startsWith(URN) ? type.substring(URN.length()) : "other")
        .register(registry)
        .increment(requests);
  }
}
