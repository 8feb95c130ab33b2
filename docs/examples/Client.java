import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A catalogue out of a zip, searched by a picture: java Client.java SERVER COLLECTION ZIP PICTURE */
class Client {

  // The JDK reads no JSON; a program of more than a page has a library for it.
  static final Pattern IMPORTED = Pattern.compile("\"imported\":(\\d+)");
  static final Pattern RESULT =
      Pattern.compile("\"rank\":(\\d+),\"id\":\"(.*?)\",\"score\":([-+.\\dEe]+)");

  static final HttpClient HTTP = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    String collections = arguments[0] + "/api/v1/collections";
    String collection = collections + "/" + arguments[1];
    String wanted = "{\"name\": \"%s\", \"model\": \"starter\"}".formatted(arguments[1]);
    send(collections, "application/json", BodyPublishers.ofString(wanted));

    Matcher imported =
        IMPORTED.matcher(upload(collection + "/items:import", "file", Path.of(arguments[2])));
    imported.find();
    System.out.println(imported.group(1) + " pictures imported");

    Matcher results = RESULT.matcher(upload(collection + "/search", "image", Path.of(arguments[3])));
    while (results.find()) {
      double score = Double.parseDouble(results.group(3));
      System.out.printf("%2s %.4f %s%n", results.group(1), score, results.group(2));
    }
  }

  static String upload(String url, String part, Path file) throws Exception {
    String boundary = UUID.randomUUID().toString();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"file\"\r\n\r\n"
            .formatted(boundary, part);
    return send(
        url,
        "multipart/form-data; boundary=" + boundary,
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofFile(file),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
  }

  static String send(String url, String contentType, BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", contentType)
            .POST(body)
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IOException(answer.body()); // a problem detail
    }
    return answer.body();
  }
}
