package io.lodisc.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@TrainingTest
class DatasetTest {

  @Autowired Api api;
  @Autowired Home home;
  @TempDir Path temporary;

  @Test
  void registersAFolder() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("plain"), 6);

    Answer created = register("plain", folder).is(201);

    assertThat(created.headers().getLocation()).hasPath("/api/v1/datasets/plain");
    assertThat(created.json().path("pictures").asInt()).isEqualTo(6);
    assertThat(created.json().path("labels").asInt()).isEqualTo(2);
    assertThat(created.json().path("groups").asInt()).isZero();
    assertThat(created.text("source")).isEqualTo(folder.toString());
    assertThat(created.text("createdAt")).isNotBlank();
    assertThat(api.get("/api/v1/datasets/plain").is(200).json()).isEqualTo(created.json());
    assertThat(api.get("/api/v1/datasets").is(200).json().path("items"))
        .anyMatch(created.json()::equals);
  }

  @Test
  void takesOneSplitOfAManifest() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("split"), 3);
    Files.writeString(
        folder.resolve("manifest.csv"),
        """
        path,label,group,split
        even/0.png,a,left,train
        odd/1.png,b,right,test
        even/2.png,a,right,train
        """);

    Answer created =
        api.post(
                "/api/v1/datasets",
                "{\"name\":\"split\",\"path\":\"%s\",\"split\":\"train\"}".formatted(folder))
            .is(201);

    assertThat(created.json().path("pictures").asInt()).isEqualTo(2);
    assertThat(created.json().path("labels").asInt()).isEqualTo(1);
    assertThat(created.json().path("groups").asInt()).isEqualTo(2);
    Answer refused =
        api.post(
            "/api/v1/datasets",
            "{\"name\":\"split2\",\"path\":\"%s\",\"split\":\"val\"}".formatted(folder));
    refused.isProblem(400, "invalid-request", "'val'");
    assertThat(refused.text("hint")).contains("test, train");
  }

  @Test
  void keepsAnUploadedZip() throws IOException {
    Answer created = upload("uploaded", zip("a/1.png", png(1), "b/2.png", png(2))).is(201);

    assertThat(created.json().path("pictures").asInt()).isEqualTo(2);
    assertThat(created.text("source")).isEqualTo("upload");
    assertThat(files("uploaded")).hasSize(2);
    upload("uploaded", zip("a/3.png", png(3))).isProblem(409, "already-exists", "'uploaded'");
    assertThat(files("uploaded")).hasSize(2);
  }

  @Test
  void refusesUnsafeZipsAndKeepsNothing() throws IOException {
    upload("evil", zip("a/1.png", png(1), "../evil.png", png(2)))
        .isProblem(422, "unsafe-archive", "../evil.png");
    upload("evil", zip()).isProblem(422, "empty-archive");
    upload("evil", zip("readme.txt", new byte[] {65})).isProblem(422, "empty-archive");
    upload("evil", Files.write(temporary.resolve("no.zip"), new byte[99]))
        .isProblem(422, "not-an-archive");
    upload("evil", zip("a/1.png", png(1), "a/2.png", "no picture".getBytes()))
        .isProblem(422, "not-a-picture", "a/2.png");

    api.get("/api/v1/datasets/evil").isProblem(404, "not-found", "'evil'");
    assertThat(home.folder().resolve("blobs/datasets/evil")).doesNotExist();
    assertThat(home.folder().resolve("blobs/incoming")).isEmptyDirectory();
    upload("evil", zip("a/1.png", png(1))).is(201);
  }

  @Test
  void refusesFoldersOutsideTheRoots() throws IOException {
    Path outside = Pictures.folder(temporary.resolve("outside"), 2);
    Path link = home.datasets().resolve("link");
    Files.createSymbolicLink(link, outside);

    register("outside", outside).isProblem(403, "folder-not-allowed", outside.toString());
    register("outside", link).isProblem(403, "folder-not-allowed");
    register("outside", home.datasets().resolve("../..")).isProblem(403, "folder-not-allowed");
    register("outside", temporary.resolve("missing")).isProblem(403, "folder-not-allowed");
    register("outside", home.datasets().resolve("missing")).isProblem(400, "invalid-request");
    register("outside", Path.of("relative")).isProblem(400, "invalid-request", "absolute");
    api.get("/api/v1/datasets/outside").isProblem(404, "not-found");
  }

  @Test
  void refusesLinksOutOfAFolder() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("leaky"), 2);
    Path secret = temporary.resolve("secret.png");
    Pictures.png(secret, 7);
    Files.createSymbolicLink(folder.resolve("even/secret.png"), secret);

    register("leaky", folder).isProblem(422, "unsafe-archive", "secret.png");
  }

  @Test
  void refusesATakenName() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("taken"), 2);
    register("taken", folder).is(201);
    register("taken", folder).isProblem(409, "already-exists", "'taken'");
  }

  @Test
  void refusesBadRequestsByField() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("fields"), 2);
    register("No Name", folder).isProblem(400, "out-of-range", "name");
    register("../up", folder).isProblem(400, "out-of-range", "name");
    api.post("/api/v1/datasets", "{\"name\":\"x\"}").isProblem(400, "out-of-range", "path");
    api.post("/api/v1/datasets", "{\"name\":\"x\",\"pth\":\"/\"}")
        .isProblem(400, "unknown-field", "'pth'");
    api.post("/api/v1/datasets", "{").isProblem(400, "invalid-request", "line 1, column 2");
    api.post("/api/v1/datasets", "{\"partial\":\"perhaps\"}")
        .isProblem(400, "invalid-request", "'partial' must be true or false.");
    api.post("/api/v1/datasets", "[]").isProblem(400, "invalid-request", "must be an object");
    upload("../up", zip("a/1.png", png(1))).isProblem(400, "out-of-range", "name");
  }

  @Test
  void namesABrokenPictureOfAFolder() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("broken"), 2);
    byte[] whole = Files.readAllBytes(folder.resolve("odd/1.png"));
    Files.write(folder.resolve("odd/1.png"), java.util.Arrays.copyOf(whole, 20));

    Answer refused = register("broken", folder);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("detail")).contains("odd/1.png");
  }

  private Answer register(String name, Path folder) {
    return api.post(
        "/api/v1/datasets", "{\"name\":\"%s\",\"path\":\"%s\"}".formatted(name, folder));
  }

  private Answer upload(String name, Path zip) {
    return api.upload("/api/v1/datasets", zip, Map.of("name", name));
  }

  private Path zip(Object... entries) throws IOException {
    Map<String, byte[]> files = new java.util.LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      files.put((String) entries[i], (byte[]) entries[i + 1]);
    }
    return Pictures.zip(Files.createTempFile(temporary, "set", ".zip"), files);
  }

  private byte[] png(long seed) throws IOException {
    Path file = temporary.resolve("picture.png");
    Pictures.png(file, seed);
    return Files.readAllBytes(file);
  }

  private Path[] files(String name) throws IOException {
    try (Stream<Path> tree = Files.walk(home.folder().resolve("blobs/datasets").resolve(name))) {
      return tree.filter(Files::isRegularFile).toArray(Path[]::new);
    }
  }
}
