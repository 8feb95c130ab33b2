package io.lodisc.standalone.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lodisc.model.dataset.DatasetReport;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.TrainingLog;
import io.lodisc.training.reproduce.ReproductionOrder;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.http.MediaType;

/** The API's document at /openapi.json, and Swagger UI at /swagger-ui. */
@Configuration
@PropertySource("classpath:openapi/springdoc.properties")
public class OpenApiConfiguration {

  /** Of the contract, not of the program: a breaking change raises the first number. */
  private static final String VERSION = "1.0.0";

  /** What requests and responses hold as JSON that the code reads apart. */
  private static final List<Class<?>> READ_APART =
      List.of(
          Settings.class, ReproductionOrder.class, DatasetReport.class, TrainingLog.EpochRow.class);

  private static final List<Tag> TAGS =
      List.of(
          tag("audit", "training-service", "What was done, and by whom."),
          tag("checkpoints", "training-service", "Trained and imported encoders."),
          tag("collections", "retrieval-service", "Catalogues: items, search, evaluation."),
          tag("datasets", "training-service", "Pictures to train on."),
          tag("embeddings", "inference-service", "Pictures to vectors."),
          tag("jobs", "training-service", "Training, evaluation, reproduction."),
          tag("models", "training-service", "Names that mean a checkpoint."));

  private final Overlay overlay = Overlay.read();

  @Bean
  OpenAPI document() {
    return new OpenAPI()
        .info(
            new Info()
                .title("lodisc")
                .version(VERSION)
                .description(
                    "Fine-grained visual search without labels, on your own machines. What would be"
                        + " null is left out of a response. JSON with an unknown field is refused.")
                .license(new License().name("Apache 2.0").identifier("Apache-2.0")))
        .servers(List.of(new Server().url("/")));
  }

  private static Tag tag(String name, String service, String description) {
    return new Tag().name(name).description("%s Of %s.".formatted(description, service));
  }

  @Bean
  RecordSchemas recordSchemas() {
    return new RecordSchemas(overlay.names());
  }

  @Bean
  PlainJavadoc plainJavadoc() {
    return new PlainJavadoc();
  }

  @Bean
  OpenApiCustomizer overlaid() {
    return document -> {
      for (Class<?> type : READ_APART) {
        ModelConverters.getInstance(true)
            .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true))
            .referencedSchemas
            .forEach(document.getComponents()::addSchemas);
      }
      try {
        ObjectNode json = Json31.mapper().valueToTree(document);
        overlay.layOver(json);
        OpenAPI laidOver = Json31.mapper().treeToValue(json, OpenAPI.class);
        document.setTags(TAGS);
        document.setPaths(laidOver.getPaths());
        document.setComponents(laidOver.getComponents());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** The document's library brings YAML along, which no request and no answer is to be in. */
  @Bean
  ServerHttpMessageConvertersCustomizer noYaml() {
    return converters ->
        converters.configureMessageConvertersList(
            list ->
                list.removeIf(
                    one -> one.getSupportedMediaTypes().contains(MediaType.APPLICATION_YAML)));
  }
}
