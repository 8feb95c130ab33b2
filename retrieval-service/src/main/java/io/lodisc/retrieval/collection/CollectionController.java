package io.lodisc.retrieval.collection;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/collections")
class CollectionController {

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
  private static final String MESSAGE =
      "must be 1 to 63 of a-z, 0-9 and -, and begin with a letter or digit";

  record NewCollection(
      @NotNull(message = MESSAGE) @Pattern(regexp = NAME, message = MESSAGE) String name,
      @Pattern(regexp = NAME, message = MESSAGE) String model) {

    NewCollection {
      model = model == null ? "production" : model;
    }
  }

  record View(
      String name,
      String model,
      String checkpoint,
      Integer dimension,
      int items,
      Instant createdAt) {

    static View of(PictureCollection c) {
      return new View(c.name(), c.model(), c.checkpoint(), c.dimension(), c.items(), c.createdAt());
    }
  }

  record Views(List<View> items) {}

  private final Catalogue catalogue;

  CollectionController(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Creates an empty collection. */
  @PostMapping
  ResponseEntity<View> create(@Valid @RequestBody NewCollection wanted) {
    View created = View.of(catalogue.create(wanted.name(), wanted.model()));
    return ResponseEntity.created(URI.create("/api/v1/collections/" + created.name()))
        .body(created);
  }

  /** Lists the collections. */
  @GetMapping
  Views list() {
    return new Views(catalogue.all().stream().map(View::of).toList());
  }

  /** Shows a collection. */
  @GetMapping("/{name}")
  View get(@PathVariable String name) {
    return View.of(catalogue.get(name));
  }

  /** Deletes a collection with all its items. */
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name) {
    catalogue.delete(name);
  }
}
