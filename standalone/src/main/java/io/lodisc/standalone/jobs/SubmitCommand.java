package io.lodisc.standalone.jobs;

import io.lodisc.standalone.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code lodisc jobs submit}. */
@Command(
    name = "submit",
    description = "Submits a job: a JSON file, options, or both.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Mixin private ServerOption server;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The request; - reads it.")
  private Path file;

  @Option(names = "--dataset", paramLabel = "NAME")
  private String dataset;

  @Option(names = "--type", paramLabel = "NAME", description = "pretrain, evaluate or reproduce.")
  private String type;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "NAME=VALUE",
      description = "A field over the file's, such as epochs=5 or views.cropMin=0.5.")
  private Map<String, String> fields = new LinkedHashMap<>();

  @Option(names = "--key", paramLabel = "KEY", description = "The same key never makes two jobs.")
  private String key = UUID.randomUUID().toString();

  @Option(names = "--watch", description = "Follows the job to its end.")
  private boolean watch;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JobsClient client = server.client();
    String id = client.submit(request(), key).path("id").asString();
    System.out.println(id);
    return watch ? new Watching(client, id, System.out).toTheEnd() : 0;
  }

  private ObjectNode request() throws IOException {
    ObjectNode request = read();
    if (dataset != null) {
      request.put("dataset", dataset);
    }
    if (type != null) {
      request.put("type", type);
    }
    fields.forEach(
        (name, value) -> {
          int dot = name.lastIndexOf('.');
          ObjectNode holder =
              dot < 0
                  ? request
                  : request.withObject("/" + name.substring(0, dot).replace('.', '/'));
          holder.set(name.substring(dot + 1), value(value));
        });
    return request;
  }

  private ObjectNode read() throws IOException {
    if (file == null) {
      return JSON.createObjectNode();
    }
    try {
      byte[] bytes =
          file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
      return (ObjectNode) JSON.readTree(bytes);
    } catch (JacksonException | ClassCastException e) {
      throw new UserException(file + " is not a JSON object: " + e.getMessage());
    }
  }

  /** A number, true, a list where it is one; else text. */
  private static JsonNode value(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return JSON.getNodeFactory().stringNode(text);
    }
  }
}
