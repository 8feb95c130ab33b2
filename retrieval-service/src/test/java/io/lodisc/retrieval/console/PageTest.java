package io.lodisc.retrieval.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageTest extends ServiceTest {

  private static Playwright playwright;
  private static Browser browser;

  private final List<String> errors = new ArrayList<>();
  private Page page;

  @BeforeAll
  static void launch() {
    playwright = Browsers.playwright();
    setDefaultAssertionTimeout(30_000);
    browser = Browsers.chromium(playwright);
  }

  @AfterAll
  static void quit() {
    playwright.close();
  }

  @BeforeEach
  void open() {
    page = browser.newPage();
    page.onPageError(errors::add);
  }

  @AfterEach
  void runsWithoutErrors() {
    page.close();
    assertThat(errors).isEmpty();
  }

  @Test
  void searchesByADroppedPictureAndThenByAnItem() {
    colours("page-drop");
    page.navigate(home("page-drop"));
    assertThat(page.locator(".item")).hasCount(5);
    assertThat(page.locator("#heading")).hasText("5 items");

    drop(Pictures.png(250, 10, 0));

    assertThat(page).hasURL(Pattern.compile("#/page-drop/picture/1$"));
    assertThat(page.locator("#query img")).isVisible();
    assertThat(page.locator(".item")).hasCount(5);
    assertThat(page.locator(".item").first()).hasAttribute("data-id", "red-x");
    assertThat(page.locator(".item .name").first()).hasText("the red one");
    assertThat(page.locator(".item .score").first()).hasText(Pattern.compile("0\\.99\\d"));
    assertThat(page.locator(".item").nth(1)).hasAttribute("data-id", "orange-x");
    assertLoaded();

    page.locator(".item").nth(1).click();

    assertThat(page).hasURL(Pattern.compile("#/page-drop/item/orange-x$"));
    assertThat(page.locator("#heading")).hasText("Similar to the orange one");
    assertThat(page.locator(".item")).hasCount(4);
    assertThat(page.locator(".item").first()).hasAttribute("data-id", "yellow-y");

    page.goBack();
    assertThat(page.locator("#heading")).hasText("Similar to your picture");
    assertThat(page.locator(".item").first()).hasAttribute("data-id", "red-x");
  }

  @Test
  void filtersByLabelAndChangesTheNumberOfResults() {
    colours("page-filter");
    page.navigate(home("page-filter/item/red-x"));
    assertThat(page.locator(".item")).hasCount(4);
    page.getByLabel("Label").fill("blue");
    page.getByLabel("Label").press("Enter");
    assertThat(page.locator(".item")).hasCount(1);
    assertThat(page.locator(".item")).hasAttribute("data-id", "blue-y");
    page.goBack();
    assertThat(page.locator(".item")).hasCount(4);
    page.getByLabel("Results").selectOption("50");
    assertThat(page).hasURL(Pattern.compile("\\?k=50$"));
    assertThat(page.locator(".item")).hasCount(4);
  }

  @Test
  void takesAChosenFileAndWorksByKeyboard() {
    colours("page-keys");
    page.navigate(home("page-keys"));
    page.locator("#file")
        .setInputFiles(new FilePayload("blue.png", "image/png", Pictures.png(3, 0, 250)));
    assertThat(page.locator("#query-caption")).hasText("blue.png");
    assertThat(page.locator(".item").first()).hasAttribute("data-id", "blue-y");
    page.locator(".item").first().focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#heading")).hasText("Similar to the blue one");
  }

  @Test
  void showsWhatTheServiceSaysIsWrong() {
    colours("page-error");
    page.navigate(home("page-error"));
    page.locator("#file")
        .setInputFiles(new FilePayload("x.png", "image/png", "no picture".getBytes()));
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("The file is not a picture");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Send a PNG");
    page.navigate(home("page-error/item/nobody"));
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("no item 'nobody'");
  }

  @Test
  void measuresTheCollection() {
    String collection = colours("page-quality");
    for (String id : List.of("red-y", "blue-x")) {
      add(collection, id, id.startsWith("red") ? Pictures.RED : Pictures.BLUE);
    }
    page.navigate(home("page-quality"));
    page.getByLabel("across groups").check();
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Evaluate")).click();
    assertThat(page.locator("#measures")).containsText("Rank-1100.0%");
    assertThat(page.locator("#measures")).containsText("mAP100.0%");
    assertThat(page.locator("#measures")).containsText("4 queries");
  }

  @Test
  void saysWhatToRunWhereThereIsNothing() {
    api.collection("page-empty");
    page.navigate(home("page-empty"));
    assertThat(page.locator("#heading")).hasText("The collection page-empty is empty");
    assertThat(page.locator("pre")).containsText("page-empty/items:import");

    page.route(
        "**/api/v1/collections",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"items\":[]}")));
    page.navigate("about:blank");
    page.navigate(home(""));
    assertThat(page.locator("#heading")).hasText("There is no collection yet");
    assertThat(page.locator("pre")).containsText("curl -X POST http://localhost:" + port);
  }

  private String home(String hash) {
    return "http://localhost:%d/#/%s".formatted(port, hash);
  }

  private String colours(String name) {
    String collection = api.collection(name);
    Map.of(
            "red-x", Pictures.RED,
            "orange-x", Pictures.ORANGE,
            "yellow-y", Pictures.YELLOW,
            "green-y", Pictures.GREEN,
            "blue-y", Pictures.BLUE)
        .forEach(
            (id, picture) -> {
              String[] parts = id.split("-");
              String metadata = "{\"name\":\"the %s one\"}".formatted(parts[0]);
              api.form(
                  collection + "/items",
                  Map.of(
                      "image", picture,
                      "id", id,
                      "label", parts[0],
                      "group", parts[1],
                      "metadata", metadata));
            });
    return collection;
  }

  private void drop(byte[] picture) {
    Object data =
        page.evaluateHandle(
            """
            base64 => {
              const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], "dropped.png", { type: "image/png" }));
              return data;
            }\
            """,
            Base64.getEncoder().encodeToString(picture));
    page.dispatchEvent("#drop", "drop", Map.of("dataTransfer", data));
  }

  private void assertLoaded() {
    page.waitForFunction(
        "() => [...document.querySelectorAll('.item img')]"
            + ".every(i => i.complete && i.naturalWidth === 24)");
  }
}
