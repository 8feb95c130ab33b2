package io.lodisc.training.reproduce;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A report as a page to look at; what it shows lies beside it. */
final class ReportPage {

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse; font-size: 13px }
      th, td { border: 1px solid #ccc; padding: 2px 8px; text-align: right }
      th { background: #f4f4f4 }
      td:nth-child(-n+2), th:nth-child(-n+2) { text-align: left }
      img { max-width: 100%; margin: 4px }
      pre, code { background: #f4f4f4; white-space: pre-wrap }
      """;

  private ReportPage() {}

  static String of(String title, String markdown) {
    String body =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .build()
            .render(Parser.builder().extensions(EXTENSIONS).build().parse(markdown));
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title>
        <style>
        %s</style></head><body>
        %s</body></html>
        """
        .formatted(title.replace("&", "&amp;").replace("<", "&lt;"), STYLE, body);
  }
}
