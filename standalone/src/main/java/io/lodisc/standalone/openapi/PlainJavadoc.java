package io.lodisc.standalone.openapi;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Collectors;
import org.springdoc.core.providers.SpringDocJavadocProvider;

/** Javadoc as Markdown, on one line a paragraph. */
class PlainJavadoc extends SpringDocJavadocProvider {

  @Override
  public String getClassJavadoc(Class<?> type) {
    return plain(super.getClassJavadoc(type));
  }

  @Override
  public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
    return super.getRecordClassParamJavadoc(type).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue())));
  }

  @Override
  public String getMethodJavadocDescription(Method method) {
    return plain(super.getMethodJavadocDescription(method));
  }

  @Override
  public String getMethodJavadocReturn(Method method) {
    return plain(super.getMethodJavadocReturn(method));
  }

  @Override
  public String getParamJavadoc(Method method, String name) {
    return plain(super.getParamJavadoc(method, name));
  }

  @Override
  public String getFieldJavadoc(Field field) {
    return plain(super.getFieldJavadoc(field));
  }

  private static String plain(String javadoc) {
    return javadoc == null
        ? null
        : javadoc
            .strip()
            .replaceAll("</?code>", "`")
            .replaceAll("\\{@link (\\S+ )?([^}]*)}", "$2")
            .replaceAll("\\s+", " ")
            .replaceAll(" ?<p> ?", "\n\n");
  }
}
