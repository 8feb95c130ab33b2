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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
