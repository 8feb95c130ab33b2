package io.lodisc.standalone.command;

import io.lodisc.model.json.JsonWords;
import io.lodisc.standalone.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the file of hyper-parameters that a command is given. */
final class SettingsFile {

  private SettingsFile() {}

  /**
   * @throws UserException if it is no JSON object
   */
  static ObjectNode read(Path file) {
    try {
      return JsonMapper.shared().readValue(Files.readAllBytes(file), ObjectNode.class);
    } catch (JacksonException e) {
      throw new UserException(file + ": " + JsonWords.of(e));
    } catch (IOException e) {
      throw new UserException(file + " cannot be read.");
    }
  }
}
