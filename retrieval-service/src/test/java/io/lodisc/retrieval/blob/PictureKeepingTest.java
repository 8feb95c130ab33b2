package io.lodisc.retrieval.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.RetrievalApplication;
import io.lodisc.retrieval.blob.PictureKeepingTest.Store;
import io.lodisc.retrieval.support.Api;
import io.lodisc.retrieval.support.Api.Answer;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.Surroundings;
import io.lodisc.web.blob.FolderBlobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Pictures that take long to store, in a database that soon ends an idle transaction. */
@SpringBootTest(
    classes = {RetrievalApplication.class, Store.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties =
        "spring.datasource.hikari.connection-init-sql="
            + "set idle_in_transaction_session_timeout = '300ms'")
class PictureKeepingTest {

  @TempDir static Path folder;

  /** No configuration by annotation, or the service's own scan would find it in other tests. */
  static class Store {

    @Bean
    @Primary
    GatedBlobs gatedBlobs() {
      return new GatedBlobs(new FolderBlobs(folder));
    }
  }

  @DynamicPropertySource
  static void surroundings(DynamicPropertyRegistry registry) {
    Surroundings.ownDatabase().forEach((name, value) -> registry.add(name, () -> value));
  }

  @Autowired GatedBlobs store;
  @Autowired PictureKeeping keeping;
  @Autowired JdbcClient database;
  @LocalServerPort int port;
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(port);
  }

  @AfterEach
  void openTheGates() {
    store.beforePut = () -> {};
    store.afterFound = () -> {};
    assertThat(unsettled()).isZero();
  }

  @Test
  void anImportMayTakeLongerThanATransaction() {
    String collection = api.collection("slow");
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      files.put("red/" + i + ".png", Pictures.png(50 + i, 1, 2));
    }
    store.beforePut = () -> sleep(500);

    Answer imported = api.form(collection + "/items:import", Map.of("file", Pictures.zip(files)));

    assertThat(imported.status()).as(new String(imported.bytes())).isEqualTo(200);
    assertThat(imported.json().at("/imported").asInt()).isEqualTo(20);
    assertThat(store.list("pictures/")).hasSize(20);
    api.delete(collection);
    assertThat(store.list("pictures/")).isEmpty();
  }

  @Test
  void aPictureThatWasFoundInItsPlaceIsNotSweptBeforeItsItemComes() {
    String collection = api.collection("raced");
    add(collection, "first", Pictures.RED);
    CountDownLatch found = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    store.afterFound =
        () -> {
          found.countDown();
          await(goOn);
        };

    CompletableFuture<Answer> second =
        CompletableFuture.supplyAsync(() -> add(collection, "second", Pictures.RED));
    await(found);
    assertThat(api.delete(collection + "/items/first").status()).isEqualTo(204);
    goOn.countDown();

    assertThat(second.join().status()).isEqualTo(201);
    store.afterFound = () -> {};
    Answer picture = api.get(collection + "/items/second/picture");
    assertThat(picture.bytes()).isEqualTo(Pictures.RED);
    api.delete(collection);
    assertThat(store.list("pictures/")).isEmpty();
  }

  @Test
  void whatACrashLeftGoesWhenItsTimeIsOver() {
    String collection = api.collection("crashed");
    add(collection, "kept", Pictures.RED);
    String kept = store.list("pictures/").getFirst().key();
    store.put("pictures/ab/abc1", new ByteArrayResource(new byte[1]));
    store.put("pictures/ab/abc2", new ByteArrayResource(new byte[1]));
    announce("now() + interval '1 minute'", "abc1");
    announce(
        "now() - interval '1 minute'", "abc1", "abc2", kept.substring("pictures/ab/".length()));

    keeping.sweep();

    assertThat(keys()).containsExactlyInAnyOrder(kept, "pictures/ab/abc1");
    assertThat(unsettled()).isEqualTo(1);
    database.sql("update retrieval.unsettled set until = now()").update();
    keeping.sweep();
    assertThat(keys()).containsExactly(kept);
    api.delete(collection);
    assertThat(keys()).isEmpty();
  }

  @Test
  void whoIsTooLateAddsNothing() {
    String collection = api.collection("late");
    store.beforePut =
        () -> {
          database.sql("update retrieval.unsettled set until = now()").update();
          keeping.sweep();
        };

    Answer late = add(collection, "late", Pictures.RED);

    assertThat(late.status()).isEqualTo(503);
    assertThat(late.at("/detail")).contains("too long");
    assertThat(keys()).isEmpty();
    assertThat(api.get(collection).json().at("/items").asInt()).isZero();
  }

  @Test
  void manyGoAFewAtATime() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      String name = "%064x".formatted(i);
      store.put("pictures/00/" + name, new ByteArrayResource(new byte[1]));
      many.add(name);
    }
    announce("now()", many.toArray(String[]::new));

    keeping.sweep();

    assertThat(keys()).isEmpty();
  }

  private void announce(String until, String... pictures) {
    database
        .sql("insert into retrieval.unsettled (pictures, until) values (?, " + until + ")")
        .param(pictures)
        .update();
  }

  private long unsettled() {
    return database.sql("select count(*) from retrieval.unsettled").query(Long.class).single();
  }

  private List<String> keys() {
    return store.list("pictures/").stream().map(blob -> blob.key()).toList();
  }

  private Answer add(String collection, String id, byte[] picture) {
    return api.form(collection + "/items", Map.of("image", picture, "id", id));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
