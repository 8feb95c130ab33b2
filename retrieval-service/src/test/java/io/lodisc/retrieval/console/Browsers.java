package io.lodisc.retrieval.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browser of this machine. */
final class Browsers {

  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("LODISC_CHROMIUM", "/usr/bin/chromium"));

  private Browsers() {}

  static Playwright playwright() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  static Browser chromium(Playwright playwright) {
    if (!Files.isExecutable(CHROMIUM)) {
      throw new IllegalStateException(
          ("There is no browser at %s, and the page's test needs one. Install Chromium, on Debian"
                  + " with: apt-get install chromium. Where it lies elsewhere, set"
                  + " LODISC_CHROMIUM to its path.")
              .formatted(CHROMIUM));
    }
    return playwright
        .chromium()
        .launch(
            new LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }
}
