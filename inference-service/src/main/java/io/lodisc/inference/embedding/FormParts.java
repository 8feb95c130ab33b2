package io.lodisc.inference.embedding;

import io.lodisc.inference.config.InferenceProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Lets the server accept as many parts of a form as a request may have images. */
@Component
class FormParts implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private static final int OTHER_FIELDS = 16;

  private final int parts;

  FormParts(InferenceProperties properties) {
    this.parts = 2 * properties.imagesPerRequest() + OTHER_FIELDS;
  }

  @Override
  public void customize(TomcatServletWebServerFactory server) {
    server.addConnectorCustomizers(
        connector -> {
          int allowed = connector.getMaxPartCount();
          connector.setMaxPartCount(allowed < 0 ? allowed : Math.max(allowed, parts));
        });
  }
}
