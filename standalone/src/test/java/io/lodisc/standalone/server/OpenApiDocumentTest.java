package io.lodisc.standalone.server;

import java.net.URI;
import java.net.http.*;
import java.nio.file.*;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OpenApiDocumentTest {
  @Test
  void dump() throws Exception {
    Path home = Files.createTempDirectory("lodisc-test");
    System.setProperty("lodisc.project", Path.of("..").toAbsolutePath().normalize().toString());
    ServerOptions o = CommandLine.populateCommand(new ServerOptions(), "--home", home.toString(), "--port", "0");
    try (Server s = Server.start(o, true)) {
      HttpClient h = HttpClient.newHttpClient();
      for (String p : new String[]{"/openapi.json","/swagger-ui","/swagger-ui/index.html","/openapi.json/swagger-config", "/swagger-ui/swagger-initializer.js"}) {
        var r = h.send(HttpRequest.newBuilder(URI.create(s.url() + p)).build(), HttpResponse.BodyHandlers.ofString());
        System.out.println(p + " " + r.statusCode() + " " + r.headers().map());
        Files.writeString(Path.of("/tmp/oaprobe/out" + p.replace('/', '_')), r.body());
      }
      var y = h.send(HttpRequest.newBuilder(URI.create(s.url() + "/api/v1/collections")).header("Content-Type","application/yaml").POST(HttpRequest.BodyPublishers.ofString("name: x")).build(), HttpResponse.BodyHandlers.ofString());
      System.out.println("YAML " + y.statusCode() + y.body());
      y = h.send(HttpRequest.newBuilder(URI.create(s.url() + "/api/v1/collections")).header("Accept","application/yaml").build(), HttpResponse.BodyHandlers.ofString());
      System.out.println("YAML " + y.statusCode() + y.body());
    }
  }
}
