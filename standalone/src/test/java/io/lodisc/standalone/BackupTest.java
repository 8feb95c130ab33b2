package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says of backups, as it is written. */
class BackupTest {

  private static final String IMPORT =
      """
      zip=$(mktemp -d)/catalogue.zip
      (cd demo-data/pictures && zip -qr "$zip" noto/1f40* twemoji/1f40*)
      api=$LODISC/api/v1; json='Content-Type: application/json'
      curl -fsS $api/collections -H "$json" -d '{"name": "catalogue", "model": "starter"}'
      curl -fsS $api/collections/catalogue/items:import -F file=@"$zip"
      """;
  private static final String LOOK =
      """
      api=$LODISC/api/v1
      item=$(curl -fsS "$api/collections/catalogue/items?limit=1" | jq -r '.items[0].id')
      curl -fsS $api/collections/catalogue/items/$item/picture | sha256sum
      curl -fsS $api/collections/catalogue/search -F image=@demo-data/pictures/twemoji/1f98b.png -F k=20 |
        jq -S .results
      curl -fsS $api/models | jq -S .items
      """;

  @Test
  void aRestoredInstallationAnswersAsTheOldOneDid() throws Exception {
    try (Home old = Home.make();
        Home restored = Home.make();
        Home backup = Home.make();
        Postgres postgres = Postgres.start()) {
      postgres.create("lodisc");
      String before;
      try (Program program = Program.serve(old.path(), "--database", postgres.jdbcUrl("lodisc"))) {
        Map<String, String> server = Map.of("LODISC", program.url().toString());
        new Script(IMPORT).run(server);
        before = new Script(LOOK).run(server);
        Script.under("Backing up", "docs/operations.md")
            .run(
                Map.of(
                    "DATABASE",
                    postgres.url("lodisc"),
                    "LODISC_HOME",
                    old.path().toString(),
                    "BACKUP",
                    backup.path().toString()));
      }
      assertThat(before).contains("\"score\"");

      postgres.create("restored");
      Script.under("Restoring", "docs/operations.md")
          .run(
              Map.of(
                  "NEW_DATABASE",
                  postgres.url("restored"),
                  "NEW_HOME",
                  restored.path().toString(),
                  "BACKUP",
                  backup.path().toString()));
      try (Program program =
          Program.serve(restored.path(), "--database", postgres.jdbcUrl("restored"))) {
        assertThat(new Script(LOOK).run(Map.of("LODISC", program.url().toString())))
            .isEqualTo(before);
      }
    }
  }
}
