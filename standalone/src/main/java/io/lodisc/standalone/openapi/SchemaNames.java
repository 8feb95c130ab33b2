package io.lodisc.standalone.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Names the schemas of our classes; two classes that share a name share its schema. */
class SchemaNames implements ModelConverter {

  private final Map<String, String> names;

  /**
   * @param names of schemas by the names of classes; other classes' schemas have their simple names
   */
  SchemaNames(Map<String, String> names) {
    this.names = names;
  }

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    JavaType java = Json31.mapper().constructType(type.getType());
    if (java != null && JsonNode.class.isAssignableFrom(java.getRawClass())) {
      return new Schema<>();
    }
    if (java != null && names.containsKey(java.getRawClass().getName())) {
      type.name(names.get(java.getRawClass().getName()));
    }
    return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
  }
}
