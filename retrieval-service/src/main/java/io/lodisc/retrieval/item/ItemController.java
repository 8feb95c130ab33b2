package io.lodisc.retrieval.item;

import io.lodisc.retrieval.web.Metadata;
import io.lodisc.web.Form;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@RestController
@RequestMapping("/api/v1/collections/{collection}/items")
class ItemController {

  record Page(int total, int offset, int limit, List<ItemView> items) {}

  private final ItemReader reader;
  private final ItemWriter writer;
  private final ItemAdding adding;

  ItemController(ItemReader reader, ItemWriter writer, ItemAdding adding) {
    this.reader = reader;
    this.writer = writer;
    this.adding = adding;
  }

  /**
   * Adds a picture to a collection.
   *
   * @param image the picture
   * @param id of the item; a UUID if left out
   * @param label of its class
   * @param group of it, such as the maker
   * @param metadata a JSON object of strings
   */
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<ItemView> add(
      @PathVariable String collection,
      @RequestPart(required = false) MultipartFile image,
      @RequestParam(required = false) String id,
      @RequestParam(required = false) String label,
      @RequestParam(required = false) String group,
      @RequestParam(required = false) String metadata,
      MultipartHttpServletRequest request) {
    Form.allow(request, "image", "id", "label", "group", "metadata");
    String itemId = id == null || id.isBlank() ? UUID.randomUUID().toString() : id;
    Item item =
        adding.add(
            collection, Form.file(image, "image"), itemId, label, group, Metadata.parse(metadata));
    return ResponseEntity.created(URI.create(ItemPaths.item(collection, item.id())))
        .body(ItemView.of(collection, item));
  }

  /**
   * Lists a collection's items in the order in which they were added.
   *
   * @param offset items to pass over
   * @param limit most items of the page
   */
  @GetMapping
  Page list(
      @PathVariable String collection,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(defaultValue = "50") int limit) {
    ItemReader.Page page = reader.page(collection, offset, limit);
    return new Page(
        page.total(),
        offset,
        limit,
        page.items().stream().map(i -> ItemView.of(collection, i)).toList());
  }

  /** Shows an item. */
  @GetMapping("/{id}")
  ItemView get(@PathVariable String collection, @PathVariable String id) {
    return ItemView.of(collection, reader.get(collection, id));
  }

  /** Serves an item's picture as it was uploaded. */
  @GetMapping("/{id}/picture")
  ResponseEntity<Resource> picture(@PathVariable String collection, @PathVariable String id) {
    Item item = reader.get(collection, id);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(item.mediaType()))
        .cacheControl(CacheControl.noCache())
        .eTag(item.picture())
        .header("X-Content-Type-Options", "nosniff")
        .body(reader.picture(item));
  }

  /** Deletes an item. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String collection, @PathVariable String id) {
    writer.remove(collection, id);
  }
}
