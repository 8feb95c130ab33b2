package io.lodisc.training.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

@TrainingTest(
    properties = {
      "lodisc.training.workers=0",
      "lodisc.training.retention.last=2",
      "lodisc.training.sweep.every=0"
    })
class HeadroomTest {

  private static final DataSize NO_DISK_HAS = DataSize.ofTerabytes(1 << 20);

  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  @Autowired CheckpointRegistry checkpoints;
  @Autowired TrainingFolders folders;
  @Autowired Housekeeper housekeeper;
  private Stock stock;

  @BeforeEach
  void aHomeOfThisDatabase() throws IOException {
    stock = new Stock(jdbc, checkpoints, home);
    stock.claimHome();
  }

  @Test
  void aDiskThatIsTooFullIsSweptAndThenTold() throws IOException {
    Path orphan = Stock.old(stock.blobs("incoming", "left"), "upload.zip");

    assertThat(headroom(NO_DISK_HAS).lacking())
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains("lodisc.training.disk-headroom")
                    .contains(NO_DISK_HAS.toMegabytes() + " MB"));

    assertThat(orphan).doesNotExist();
  }

  @Test
  void whatIsToBeFetchedNeedsRoomBesideIt() throws IOException {
    Headroom headroom = headroom(DataSize.ofMegabytes(3));

    assertThat(headroom.lacking(1)).isEmpty();
    assertThat(headroom.lacking(NO_DISK_HAS.toBytes()))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains(NO_DISK_HAS.toMegabytes() + " MB that are to be fetched")
                    .contains("the 3 MB of lodisc.training.disk-headroom"));
  }

  @Test
  void aDiskWithRoomIsLeftAlone() throws IOException {
    Path orphan = Stock.old(stock.blobs("incoming", "left"), "upload.zip");

    assertThat(headroom(DataSize.ofBytes(1)).lacking()).isEmpty();

    assertThat(orphan).exists();
  }

  private Headroom headroom(DataSize needed) {
    return new Headroom(folders, new HousekeepingProperties(needed, null, null), housekeeper);
  }
}
