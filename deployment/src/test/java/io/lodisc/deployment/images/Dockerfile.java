package io.lodisc.deployment.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * What a Dockerfile of ours makes of its image for the CPU.
 *
 * @param runs the programs of ours that run while it is built, with their arguments
 * @param healthCheck its command
 */
public record Dockerfile(
    Map<String, String> environment,
    List<List<String>> runs,
    List<String> entryPoint,
    List<String> healthCheck) {

  private static final Pattern SETTING = Pattern.compile("(\\w+)=(\\S+)");

  public static Dockerfile read(Path file) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    List<List<String>> runs = new ArrayList<>();
    List<String> entryPoint = List.of();
    List<String> healthCheck = List.of();
    String stage = "";
    for (String line : Files.readString(file).replaceAll("\\\\\\n\\s*", "").split("\n")) {
      String arguments = line.replaceFirst("^\\S+ ?", "");
      if (line.startsWith("FROM ")) {
        stage = arguments;
      } else if (stage.endsWith("AS build") || stage.endsWith("AS base-gpu")) {
        continue;
      } else if (line.startsWith("ENV ")) {
        Matcher setting = SETTING.matcher(arguments);
        while (setting.find()) {
          environment.put(setting.group(1), setting.group(2));
        }
      } else if (line.startsWith("RUN java ")) {
        runs.add(List.of(arguments.split(" && ")[0].split(" ")));
      } else if (line.startsWith("ENTRYPOINT ")) {
        entryPoint = new Yaml().load(arguments);
      } else if (line.startsWith("HEALTHCHECK ")) {
        healthCheck = new Yaml().load(arguments.substring(arguments.indexOf("CMD ") + 4));
      }
    }
    return new Dockerfile(environment, runs, entryPoint, healthCheck);
  }
}
