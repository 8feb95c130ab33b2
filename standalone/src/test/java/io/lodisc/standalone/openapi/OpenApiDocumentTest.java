package io.lodisc.standalone.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.standalone.Home;
import io.lodisc.standalone.server.Server;
import io.lodisc.standalone.server.ServerOptions;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API is what docs/openapi.json says, and the page shows it. */
class OpenApiDocumentTest {

  private static final String WRITE =
      "mvn test -pl standalone -am -Dtest=OpenApiDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dlodisc.openapi=write";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Home home;
  private static Server server;
  private static ObjectNode document;

  /** An operation and how messages name it. */
  private record Named(String name, JsonNode operation) {}

  @BeforeAll
  static void start() throws Exception {
    home = Home.make();
    System.setProperty("lodisc.project", Home.PROJECT.toString());
    server =
        Server.start(
            CommandLine.populateCommand(
                new ServerOptions(), "--home", home.path().toString(), "--port", "0"),
            false);
    document = (ObjectNode) JsonMapper.shared().readTree(get("/openapi.json").body());
  }

  @AfterAll
  static void stop() {
    server.close();
    home.close();
    System.clearProperty("lodisc.project");
  }

  /** Written by {@code -Dlodisc.openapi=write}, a breaking change by {@code =break}. */
  @Test
  void isAsCheckedInOrIsWrittenIfItBreaksNoClient() throws IOException {
    ObjectNode before = CheckedIn.read();
    switch (System.getProperty("lodisc.openapi", "compare")) {
      case "compare" ->
          assertThat(CheckedIn.firstDifference(before, document))
              .as("docs/openapi.json is not the API's. If it is to change: %s", WRITE)
              .isEmpty();
      case "write" -> {
        Changes changes = Changes.between(before, document);
        assertThat(changes.areBreaking() && major(document) <= major(before))
            .as(
                "clients of docs/openapi.json break; raise the first number of the version in"
                    + " OpenApiConfiguration, or write it with -Dlodisc.openapi=break:\n%s",
                changes)
            .isFalse();
        CheckedIn.write(CheckedIn.withExamples(document, before));
      }
      case "break" -> CheckedIn.write(CheckedIn.withExamples(document, before));
      default -> throw new IllegalArgumentException("-Dlodisc.openapi is write or break");
    }
  }

  @Test
  void everyRouteHasAnOperation() {
    List<String> routes = new ArrayList<>();
    for (RequestMappingHandlerMapping mapping :
        server.application().getBeansOfType(RequestMappingHandlerMapping.class).values()) {
      for (RequestMappingInfo route : mapping.getHandlerMethods().keySet()) {
        for (String path : route.getPatternValues()) {
          route.getMethodsCondition().getMethods().stream()
              .filter(method -> path.startsWith("/api/"))
              .forEach(method -> routes.add(method + " " + path.replace("{*", "{")));
        }
      }
    }
    assertThat(operations())
        .extracting(Named::name)
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(routes));
  }

  @Test
  void everyOperationIsDescribed() {
    assertThat(operations())
        .extracting(o -> o.operation().path("operationId").asString())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z][A-Za-z]+"), "a name that the overlay gives");
    assertThat(operations())
        .allSatisfy(
            one -> {
              JsonNode operation = one.operation();
              assertThat(operation.path("summary").asString()).as(one.name()).endsWith(".");
              assertThat(operation.path("tags")).as(one.name()).hasSize(1);
              assertThat(operation.path("parameters").values())
                  .as(one.name())
                  .allSatisfy(p -> assertThat(p.path("description").asString()).isNotBlank());
              assertThat(operation.path("responses").propertyNames())
                  .as(one.name())
                  .anyMatch(status -> status.startsWith("2"))
                  .contains("500", "503");
            });
  }

  @Test
  void isValid() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    assertThat(
            new OpenAPIV3Parser()
                .readContents(CheckedIn.text(document), null, options)
                .getMessages())
        .isEmpty();
    assertThat(document.findValuesAsString("$ref"))
        .isNotEmpty()
        .allMatch(ref -> document.at(ref.substring(1)).isObject(), "something that is there");
    assertThat(document.path("openapi").asString()).startsWith("3.1.");
  }

  @Test
  void examplesAreAsDescribed() throws IOException {
    assertThat(new Described(CheckedIn.read()).wrongExamples()).isEmpty();
  }

  /** Of what takes no training: the job waits for a GPU, which no worker has. */
  @Test
  void answersAreAsDescribed() throws Exception {
    Asking api = new Asking(server.url(), new Described(document));
    Path pictures = Home.PROJECT.resolve("demo-data/pictures");
    Resource picture = new FileSystemResource(pictures.resolve("noto/1f300.png"));
    Resource zip = zip(pictures, "noto/1f300.png", "noto/1f301.png", "twemoji/1f300.png");
    Resource text = new FileSystemResource(Home.PROJECT.resolve("README.md"));

    String starter = api.get(200, "/models/{alias}", "starter").path("checkpoint").asString();
    api.put(200, "/models/{alias}", Map.of("checkpoint", starter), "production");
    api.put(404, "/models/{alias}", Map.of("checkpoint", "none"), "production");
    api.get(200, "/models");
    api.get(200, "/checkpoints");
    JsonNode checkpoint = api.get(200, "/checkpoints/{id}", starter);
    api.get(200, "/checkpoints/{id}/files/{name}", starter, "manifest.json");
    api.get(200, "/checkpoints/{id}/files/{name}", starter, "encoder.safetensors");
    api.get(404, "/checkpoints/{id}/files/{name}", starter, "none");
    api.delete(409, "/checkpoints/{id}", starter);
    Map<String, Object> encoder =
        Map.of(
            "file",
            new FileSystemResource(Home.PROJECT.resolve("starter/checkpoint/encoder.safetensors")),
            "name",
            "imported",
            "heads",
            checkpoint.at("/architecture/heads").asInt());
    api.form(201, "/checkpoints:import", encoder);
    api.form(409, "/checkpoints:import", encoder);
    api.form(422, "/checkpoints:import", Map.of("file", text));
    api.delete(200, "/checkpoints/{id}", "imported");

    api.form(201, "/datasets", Map.of("name", "few", "file", zip));
    api.form(409, "/datasets", Map.of("name", "few", "file", zip));
    api.post(403, "/datasets", Map.of("name", "other", "path", "/"));
    api.post(400, "/datasets", Map.of("name", "-"));
    api.get(200, "/datasets");
    api.get(200, "/datasets/{name}", "few");

    Map<String, Object> job =
        Map.of(
            "dataset",
            "few",
            "start",
            "starter",
            "batch",
            2,
            "needs",
            Map.of("gpu", true),
            "promote",
            Map.of("alias", "best", "metric", "classToken.rank1", "atLeast", 0.5));
    String id = api.post(201, "/jobs", job).path("id").asString();
    api.post(404, "/jobs", Map.of("dataset", "none"));
    api.post(422, "/jobs", Map.of("dataset", "few", "start", "starter"));
    api.delete(409, "/datasets/{name}", "few");
    api.get(200, "/jobs");
    api.get(200, "/jobs/{id}", id);
    api.get(404, "/jobs/{id}", "none");
    api.get(200, "/jobs/{id}/epochs", id);
    api.get(200, "/jobs/{id}/logs", id);
    api.get(200, "/jobs/{id}/metrics", id);
    api.get(404, "/jobs/{id}/report/{file}", id, "report.html");
    api.post(202, "/jobs/{id}/pause", null, id);
    api.post(202, "/jobs/{id}/resume", null, id);
    api.post(202, "/jobs/{id}/cancel", null, id);
    api.post(409, "/jobs/{id}/cancel", null, id);
    api.get(200, "/jobs/{id}/events", id);
    api.delete(200, "/jobs/{id}", id);
    api.delete(200, "/datasets/{name}", "few");
    api.get(200, "/audit");

    api.post(201, "/collections", Map.of("name", "all"));
    api.post(409, "/collections", Map.of("name", "all"));
    api.form(
        201,
        "/collections/{collection}/items",
        Map.of("image", picture, "id", "one", "label", "1f300", "metadata", "{\"a\": \"b\"}"),
        "all");
    api.form(422, "/collections/{collection}/items", Map.of("image", text), "all");
    api.form(200, "/collections/{collection}/items:import", Map.of("file", zip), "all");
    api.get(200, "/collections");
    api.get(200, "/collections/{name}", "all");
    api.get(200, "/collections/{collection}/items", "all");
    api.get(200, "/collections/{collection}/items/{id}", "all", "one");
    api.get(200, "/collections/{collection}/items/{id}/picture", "all", "one");
    api.post(200, "/collections/{collection}/search", Map.of("item", "one"), "all");
    api.form(200, "/collections/{collection}/search", Map.of("image", picture, "k", 2), "all");
    api.post(400, "/collections/{collection}/search", Map.of(), "all");
    api.post(200, "/collections/{collection}/evaluations", Map.of("k", List.of(1)), "all");
    api.form(200, "/embeddings", Map.of("image", picture));
    api.form(404, "/embeddings", Map.of("image", picture, "model", "none"));
    api.delete(204, "/collections/{collection}/items/{id}", "all", "one");
    api.delete(204, "/collections/{name}", "all");
  }

  private static Resource zip(Path folder, String... names) throws IOException {
    Path file = home.path().resolve("few.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(folder.resolve(name), zip);
      }
    }
    return new FileSystemResource(file);
  }

  @Test
  void isTheSameForEveryLanguage() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/openapi.json")).header("Accept-Language", "de").build();
    assertThat(JsonMapper.shared().readTree(HTTP.send(request, BodyHandlers.ofString()).body()))
        .isEqualTo(document);
  }

  @Test
  void bodiesAreJsonAndNoYaml() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/v1/collections"))
            .header("Accept", "application/yaml")
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(406);
  }

  /** In a browser that finds no other host than this. */
  @Test
  void thePageShowsEveryOperationAndLoadsNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = get("/swagger-ui");
    assertThat(page.statusCode()).isEqualTo(302);
    URI address = uri("/").resolve(page.headers().firstValue("Location").orElseThrow());

    String shown = inBrowser(address);

    assertThat(operations())
        .allSatisfy(
            one ->
                assertThat(shown)
                    .contains(
                        "id=\"operations-%s-%s\""
                            .formatted(
                                one.operation().at("/tags/0").asString(),
                                one.operation().path("operationId").asString())));
  }

  private static String inBrowser(URI address) throws Exception {
    String chromium = System.getenv().getOrDefault("LODISC_CHROMIUM", "/usr/bin/chromium");
    Path shown = home.path().resolve("page.html");
    Process browser =
        new ProcessBuilder(
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
                "--user-data-dir=" + home.path().resolve("browser"),
                "--virtual-time-budget=30000",
                "--dump-dom",
                address.toString())
            .redirectOutput(shown.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(browser.waitFor(2, TimeUnit.MINUTES)).as("the browser ends").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    return Files.readString(shown);
  }

  private static List<Named> operations() {
    List<Named> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String name = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        all.add(new Named(name, method.getValue()));
      }
    }
    return all;
  }

  private static int major(JsonNode document) {
    return Integer.parseInt(document.at("/info/version").asString().split("\\.")[0]);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create(server.url() + path);
  }
}
