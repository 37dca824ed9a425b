package dev.ringback.cli;

import dev.ringback.project.Project;
import dev.ringback.yaml.BadInput;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a ringback.yaml, a first scenario and a workflow for CI, for what it finds in the folder"
          + " (Node, Java, PHP, Python). Files that are there stay as they are.",
      "Exit code: 0 written, or there already; 2 the folder is none, or cannot be written."
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "DIR", description = "default: this folder")
  Path folder = Path.of("");

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  InitCommand() {}

  @Override
  public Integer call() throws BadInput {
    if (!Files.isDirectory(folder.toAbsolutePath())) {
      throw WorldOptions.wrong("init", "there is no folder " + folder);
    }
    Project project = Project.in(folder);
    PrintWriter out = spec.commandLine().getOut();
    out.println("For " + project.label() + ":");
    for (Map.Entry<String, String> file : project.files(folder).entrySet()) {
      Path path = folder.resolve(file.getKey());
      boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
      if (!there) {
        OutputFiles.prepareFile("init", path);
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        OutputFiles.write("init", path, to -> to.write(bytes));
      }
      out.printf("  %s  %s%n", there ? "is there" : "written ", path);
    }
    out.println("Next: start your app, then");
    out.println("  " + Launcher.command() + " serve");
    out.println("  " + Launcher.command() + " run scenarios -- " + project.start(folder));
    return ExitCode.OK;
  }
}
