package io.lodisc.retrieval.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a multipart/form-data body; bytes are held as ISO 8859-1 characters. */
record Multipart(List<Part> parts) {

  private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");

  record Part(String name, byte[] content) {}

  static Multipart parse(String contentType, byte[] body) {
    Matcher boundary = Pattern.compile("boundary=\"?([^\";]+)").matcher(contentType);
    if (!boundary.find()) {
      throw new IllegalArgumentException(contentType);
    }
    String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    for (String section : text.split(Pattern.quote("\r\n--" + boundary.group(1)))) {
      int end = section.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(end < 0 ? "" : section.substring(0, end));
      if (name.find()) {
        String content = section.substring(end + 4);
        parts.add(new Part(name.group(1), content.getBytes(StandardCharsets.ISO_8859_1)));
      }
    }
    return new Multipart(parts);
  }

  List<byte[]> parts(String name) {
    return parts.stream().filter(p -> p.name().equals(name)).map(Part::content).toList();
  }
}
