package io.lodisc.model.json;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with JSON that does not bind, by its field and without the names of classes. */
public final class JsonWords {

  private static final Set<Class<?>> WHOLE =
      Set.of(
          byte.class,
          short.class,
          int.class,
          long.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class);

  private JsonWords() {}

  /** A sentence such as {@code 'views.cropMin' must be a number.} */
  public static String of(JacksonException e) {
    String path = path(e);
    if (e.getCause() instanceof IllegalArgumentException refused) {
      String reason = refused.getMessage();
      boolean named = path.isEmpty() || reason.startsWith(path + " ");
      return (named ? reason : path + "." + reason) + ".";
    }
    return switch (e) {
      case UnrecognizedPropertyException unknown -> "There is no field '%s'.".formatted(path);
      case InputCoercionException large -> "The number in '%s' is out of range.".formatted(path);
      case MismatchedInputException other when other.getTargetType() != null ->
          (path.isEmpty() ? "It" : "'" + path + "'") + " must be " + kind(other.getTargetType());
      case StreamReadException broken ->
          "It is no valid JSON: see line %d, column %d."
              .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr());
      default -> "'%s' does not hold what it should.".formatted(path);
    };
  }

  /** Such as {@code normalisation.mean[1]}; empty for all of the JSON. */
  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static String kind(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> JsonMapper.shared().valueToTree(constant).asString())
          .collect(Collectors.joining(", ", "one of ", "."));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false.";
    }
    if (WHOLE.contains(type)) {
      return "a whole number.";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number.";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "text.";
    }
    return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list." : "an object.";
  }
}
