package io.lodisc.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;

/** Finds at start, and not with the first upload, that lodisc.home is no folder to write in. */
class HomeCheck {

  HomeCheck(@Value("${lodisc.home:${user.home}/.lodisc}") Path home) {
    try {
      Files.createDirectories(home);
      Files.delete(Files.createTempFile(home, ".check", null));
    } catch (IOException e) {
      throw new SettingException(
          "lodisc.home", home, "the folder cannot be made or written in (" + e + ")", e);
    }
  }
}
