package io.lodisc.standalone.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The schemas of our records: their names, and that a number or boolean is always there. */
class RecordSchemas implements ModelConverter {

  private final Map<String, String> names;

  /**
   * @param names of schemas by the names of classes; other classes' schemas have their simple names
   */
  RecordSchemas(Map<String, String> names) {
    this.names = names;
  }

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    JavaType java = Json31.mapper().constructType(type.getType());
    if (java == null || !chain.hasNext()) {
      return null;
    }
    Class<?> raw = java.getRawClass();
    if (JsonNode.class.isAssignableFrom(raw)) {
      return new Schema<>();
    }
    if (names.containsKey(raw.getName())) {
      type.name(names.get(raw.getName()));
    }
    Schema<?> schema = chain.next().resolve(type, context, chain);
    if (raw.isRecord() && schema != null) {
      require(raw, schema.get$ref() == null ? schema : referenced(schema, context));
    }
    return schema;
  }

  private static Schema<?> referenced(Schema<?> schema, ModelConverterContext context) {
    return context
        .getDefinedModels()
        .get(schema.get$ref().substring(Components.COMPONENTS_SCHEMAS_REF.length()));
  }

  private static void require(Class<?> type, Schema<?> schema) {
    if (schema == null || schema.getProperties() == null) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      boolean known = schema.getRequired() != null && schema.getRequired().contains(name);
      if (component.getType().isPrimitive() && schema.getProperties().containsKey(name) && !known) {
        schema.addRequiredItem(name);
      }
    }
  }
}
