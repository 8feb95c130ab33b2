package io.lodisc.web;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** A multipart form is as strict about its fields as a JSON body. */
public final class Form {

  private Form() {}

  /** The file of a part, which must be there. */
  public static Resource file(MultipartFile file, String part) {
    if (file == null) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The form has no file '%s'.".formatted(part),
          "Send the file as the part '%s', as curl -F %s=@FILE does.".formatted(part, part));
    }
    return file.getResource();
  }

  /** Refuses fields, files and query parameters that are not among the known ones. */
  public static void allow(MultipartHttpServletRequest request, String... known) {
    Set<String> unknown = new TreeSet<>(request.getParameterMap().keySet());
    unknown.addAll(request.getMultiFileMap().keySet());
    Set<String> expected = new TreeSet<>(Set.of(known));
    unknown.removeAll(expected);
    if (!unknown.isEmpty()) {
      throw new ApiException(
          Problem.UNKNOWN_FIELD,
          "There is no field '%s'.".formatted(String.join("', '", unknown)),
          "Known fields here: %s.".formatted(String.join(", ", expected)));
    }
  }
}
