package io.lodisc.standalone.jobs;

import picocli.CommandLine.Command;

/** {@code lodisc jobs}: submits, follows and changes jobs. */
@Command(
    name = "jobs",
    description = "Submits, follows and changes jobs of a server.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SubmitCommand.class,
      ListCommand.class,
      WatchCommand.class,
      LogsCommand.class,
      ChangeCommand.Cancel.class,
      ChangeCommand.Pause.class,
      ChangeCommand.Resume.class
    })
public final class JobsCommand {}
