package io.lodisc.retrieval.search;

import io.lodisc.retrieval.search.SearchRequest.Filter;
import io.lodisc.retrieval.web.Metadata;
import io.lodisc.web.Form;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@RestController
@RequestMapping("/api/v1/collections/{collection}/search")
class SearchController {

  private final Search search;

  SearchController(Search search) {
    this.search = search;
  }

  /** Finds the items that are most like an item, a vector or an uploaded picture. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  SearchAnswer byItemOrVector(@PathVariable String collection, @RequestBody SearchRequest request) {
    return search.byRequest(collection, request.checked());
  }

  /**
   * Finds the items that are most like an item, a vector or an uploaded picture.
   *
   * @param image the picture
   * @param k most results
   * @param label that results must have
   * @param group that results must have
   * @param metadata that results must have, as a JSON object of strings
   * @param includeSelf also find an item with the very bytes of the picture
   */
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  SearchAnswer byPicture(
      @PathVariable String collection,
      @RequestPart(required = false) MultipartFile image,
      @RequestParam(required = false) Integer k,
      @RequestParam(required = false) String label,
      @RequestParam(required = false) String group,
      @RequestParam(required = false) String metadata,
      @RequestParam(defaultValue = "false") boolean includeSelf,
      MultipartHttpServletRequest request) {
    Form.allow(request, "image", "k", "label", "group", "metadata", "includeSelf");
    Filter filter = new Filter(blankToNull(label), blankToNull(group), Metadata.parse(metadata));
    return search.byPicture(
        collection, Form.file(image, "image"), SearchRequest.checkedK(k), filter, includeSelf);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
