import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import limbeck.engine.io.Json;

/** Looks at HTML reports in Chromium; started by report.sh, which says how. */
public final class ReportCheck {
  private static final List<Integer> WIDTHS = List.of(360, 768, 1440);
  private static final long LARGEST = 1_500_000;
  private static final Map<String, Object> LIMITS = Map.of("smallest", 10, "contrast", 4.5);
  private static final Map<String, Object> PRINTED = Map.of("smallest", 8.5, "contrast", 4.5);

  private final Tab tab;
  private final String script;
  private final Path shots;

  private ReportCheck(Tab tab, String script, Path shots) {
    this.tab = tab;
    this.script = script;
    this.shots = shots;
  }

  public static void main(String[] args) throws Exception {
    List<String> rest = new ArrayList<>(List.of(args));
    String browser = rest.remove(0);
    String script = Files.readString(Path.of(rest.remove(0)));
    boolean selfTest = rest.remove("--self-test");
    int at = rest.indexOf("--shots");
    Path shots = at < 0 ? null : Files.createDirectories(Path.of(rest.remove(at + 1)));
    rest.remove("--shots");
    List<String> files = rest.isEmpty() ? List.of("runs/demo/report.html") : rest;
    int wrong = 0;
    try (Chromium chromium = new Chromium(browser)) {
      ReportCheck check = new ReportCheck(chromium.tab(), script, shots);
      for (String file : files) {
        Map<String, Set<String>> found = check.examine(Path.of(file).toAbsolutePath(), WIDTHS);
        found.forEach((what, passes) -> System.out.println("  " + what + "  " + passes));
        System.out.println(file + ": " + (found.isEmpty() ? "ok" : found.size() + " faults"));
        wrong += found.size();
      }
      if (selfTest) {
        wrong += new ReportCheck(chromium.tab(), script, null).selfTest(Path.of(files.get(0)));
      }
    }
    System.exit(wrong == 0 ? 0 : 1);
  }

  /** What is wrong, and in which passes. */
  private Map<String, Set<String>> examine(Path file, List<Integer> widths) throws IOException {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    if (Files.size(file) > LARGEST) {
      note(found, "file", List.of("the file has " + Files.size(file) + " bytes"));
    }
    for (int width : widths) {
      for (String scheme : List.of("light", "dark")) {
        String pass = width + " " + scheme;
        tab.open(file, width, scheme, "", true);
        tab.picture(shots, file, pass);
        run("unfold", Map.of());
        note(found, pass, run("look", LIMITS));
        note(found, pass, run("touch", Map.of()));
        note(found, pass, run("look", LIMITS)); // the script may have changed something
        note(found, pass, tab.heard());
      }
    }
    tab.open(file, 768, "light", "", true);
    List<String> scripted = run("count", Map.of());
    tab.open(file, 768, "light", "", false);
    List<String> plain = run("count", Map.of());
    if (!plain.equals(scripted)) {
      note(found, "no script", List.of(plain + " instead of " + scripted));
    }
    note(found, "no script", run("still", Map.of()));
    note(found, "no script", run("look", LIMITS));
    note(found, "no script", tab.heard());
    tab.open(file, 700, "dark", "print", true);
    note(found, "print", run("paper", Map.of()));
    note(found, "print", run("look", PRINTED));
    return found;
  }

  private static void note(Map<String, Set<String>> found, String pass, List<String> said) {
    said.forEach(s -> found.computeIfAbsent(s, k -> new LinkedHashSet<>()).add(pass));
  }

  @SuppressWarnings("unchecked")
  private List<String> run(String function, Map<String, Object> argument) throws IOException {
    String call = "(" + script.replaceFirst("(?s)^.*?\\(\\{", "({").strip() + ")";
    Object value = tab.evaluate(call + "." + function + "(" + Json.write(argument) + ")");
    return (List<String>) value;
  }

  private record Fault(String name, UnaryOperator<String> plant, String said) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("console output", s -> s.replace("'use strict';", "console.log(1);"), "console"),
          new Fault("exception", s -> s.replace("'use strict';", "null.x;"), "exception"),
          new Fault(
              "a request",
              s -> s.replaceFirst("<footer>", "<footer><img src=\"other.png\" alt=\"x\">"),
              "other.png"),
          new Fault("page too wide", in("<p style=\"width:2000px\">wide</p>"), "px wide"),
          new Fault(
              "cut text",
              in("<p style=\"width:40px;overflow:hidden;white-space:nowrap\">cut off here</p>"),
              "is cut"),
          new Fault(
              "label outside", s -> s.replaceFirst("<text x=\"[^\"]*\"", "<text x=\"500\""), "leaves"),
          new Fault(
              "labels that meet",
              s ->
                  s.replaceFirst(
                      "(<svg[^>]*role=\"img\"[^>]*>)",
                      "$1<text x=\"9\" y=\"40\">one</text><text x=\"9\" y=\"41\">two</text>"),
              "on one another"),
          new Fault("small text", in("<p style=\"font-size:7px\">tiny</p>"), "too small"),
          new Fault(
              "pale text", in("<p style=\"color:#aaa;background:#fff\">pale</p>"), "too pale"),
          new Fault("plot without name", s -> s.replaceAll(" aria-label=\"[^\"]*\"", ""), "no name"),
          new Fault("heading skipped", s -> s.replaceAll("(</?)h2", "$1h4"), "skips a level"),
          new Fault("dead link", s -> s.replace("href=\"#result\"", "href=\"#no\""), "nowhere"),
          new Fault("id twice", in("<p id=\"result\">x</p>"), "have the id"),
          new Fault(
              "keys that do nothing", s -> s.replace("plot.tabIndex = 0;", ""), "arrow keys"),
          new Fault(
              "plots drawn by script",
              s -> s.replaceFirst("<svg[^>]*role=\"img\"", "<noscript></noscript>$0")
                  .replace("'use strict';", "document.querySelector('main svg').remove();"),
              "instead of"),
          new Fault(
              "dark paper",
              s -> s.replace("--paper: #fff;", "--paper: #333;"),
              "not light"),
          new Fault(
              "dark scheme on paper",
              s -> s.replace("screen and (prefers-color-scheme", "(prefers-color-scheme"),
              "too pale"));

  private static UnaryOperator<String> in(String markup) {
    return s -> s.replaceFirst("<footer>", "<footer>" + markup);
  }

  /** The number of faults that go unnoticed. */
  private int selfTest(Path file) throws IOException {
    String page = Files.readString(file);
    Path copy = Files.createTempFile("report-fault", ".html");
    int missed = 0;
    for (Fault fault : FAULTS) {
      String planted = fault.plant().apply(page);
      Files.writeString(copy, planted);
      boolean noticed =
          !planted.equals(page)
              && examine(copy, List.of(360)).keySet().stream()
                  .anyMatch(s -> s.contains(fault.said()));
      System.out.println((noticed ? "noticed: " : "MISSED: ") + fault.name());
      missed += noticed ? 0 : 1;
    }
    Files.delete(copy);
    return missed;
  }

  /** A browser that is spoken to through its pipe: JSON messages, each ended by a zero byte. */
  private static final class Chromium implements AutoCloseable {
    private final Path profile;
    private final Process process;
    private final OutputStream to;
    private final InputStream from;
    private long last;

    Chromium(String browser) throws IOException {
      profile = Files.createTempDirectory("report-check");
      String flags =
          " --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
              + " --disable-component-update --disable-sync --hide-scrollbars"
              + " --remote-debugging-pipe --user-data-dir=\"$1\" about:blank"
              + " 3<&0 4>&1 1>/dev/null 2>/dev/null";
      String command = "exec \"$0\"" + flags;
      process = new ProcessBuilder("sh", "-c", command, browser, profile.toString()).start();
      to = process.getOutputStream();
      from = new BufferedInputStream(process.getInputStream());
    }

    Tab tab() throws IOException {
      Map<String, Object> page = new Tab(this, null).call("Target.createTarget", "url", "about:blank");
      Object id = page.get("targetId");
      Object session =
          new Tab(this, null)
              .call("Target.attachToTarget", "targetId", id, "flatten", true)
              .get("sessionId");
      Tab tab = new Tab(this, session);
      for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
        tab.call(domain + ".enable");
      }
      return tab;
    }

    long send(Map<String, Object> message) throws IOException {
      message.put("id", ++last);
      to.write(Json.write(message).getBytes(StandardCharsets.UTF_8));
      to.write(0);
      to.flush();
      return last;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> receive() throws IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (int b = from.read(); b != 0; b = from.read()) {
        if (b < 0) {
          throw new IOException("Chromium has gone");
        }
        text.write(b);
      }
      return (Map<String, Object>) Json.parse(text.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws Exception {
      new Tab(this, null).call("Browser.close");
      process.waitFor(3, TimeUnit.SECONDS);
      process.destroy();
      process.waitFor(3, TimeUnit.SECONDS);
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /** One page of the browser, and what was heard from it. */
  private static final class Tab {
    private final Chromium chromium;
    private final Object session;
    private List<String> heard = new ArrayList<>();
    private String url = "";
    private boolean loaded;

    Tab(Chromium chromium, Object session) {
      this.chromium = chromium;
      this.session = session;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> call(String method, Object... parameters) throws IOException {
      Map<String, Object> params = new LinkedHashMap<>();
      for (int i = 0; i < parameters.length; i += 2) {
        params.put((String) parameters[i], parameters[i + 1]);
      }
      Map<String, Object> message = new LinkedHashMap<>(Map.of("method", method, "params", params));
      if (session != null) {
        message.put("sessionId", session);
      }
      long id = chromium.send(message);
      while (true) {
        Map<String, Object> answer = chromium.receive();
        if (!Long.valueOf(id).equals(answer.get("id"))) {
          hear(answer);
        } else if (answer.containsKey("error")) {
          throw new IOException(method + ": " + answer.get("error"));
        } else {
          return (Map<String, Object>) answer.get("result");
        }
      }
    }

    @SuppressWarnings("unchecked")
    private void hear(Map<String, Object> event) {
      if (session == null || !session.equals(event.get("sessionId"))) {
        return;
      }
      Map<String, Object> p = (Map<String, Object>) event.get("params");
      switch ((String) event.get("method")) {
        case "Page.loadEventFired" -> loaded = true;
        case "Runtime.consoleAPICalled" -> heard.add("console: " + Json.write(p.get("args")));
        case "Runtime.exceptionThrown" ->
            heard.add("exception: " + Json.write(((Map<?, ?>) p.get("exceptionDetails")).get("exception")));
        case "Log.entryAdded" -> heard.add("log: " + ((Map<?, ?>) p.get("entry")).get("text"));
        case "Network.requestWillBeSent" -> {
          String request = (String) ((Map<?, ?>) p.get("request")).get("url");
          if (!request.equals(url) && !request.startsWith("data:")) {
            heard.add("request: " + request);
          }
        }
        default -> {}
      }
    }

    void open(Path file, int width, String scheme, String media, boolean script) throws IOException {
      url = file.toUri().toString();
      call("Emulation.setScriptExecutionDisabled", "value", !script);
      call(
          "Emulation.setDeviceMetricsOverride",
          "width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false);
      List<Object> features =
          List.of(
              Map.of("name", "prefers-color-scheme", "value", scheme),
              Map.of("name", "prefers-reduced-motion", "value", "reduce"));
      call("Emulation.setEmulatedMedia", "media", media, "features", features);
      heard = new ArrayList<>();
      loaded = false;
      call("Page.navigate", "url", url);
      while (!loaded) {
        hear(chromium.receive());
      }
    }

    Object evaluate(String expression) throws IOException {
      Map<String, Object> answer =
          call("Runtime.evaluate", "expression", expression, "returnByValue", true);
      if (answer.containsKey("exceptionDetails")) {
        throw new IOException("report-check.js: " + Json.write(answer.get("exceptionDetails")));
      }
      return ((Map<?, ?>) answer.get("result")).get("value");
    }

    List<String> heard() {
      return heard;
    }

    void picture(Path folder, Path file, String pass) throws IOException {
      if (folder == null) {
        return;
      }
      Map<?, ?> size = (Map<?, ?>) call("Page.getLayoutMetrics").get("cssContentSize");
      Map<String, Object> whole =
          Map.of(
              "x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
      Object data =
          call("Page.captureScreenshot", "captureBeyondViewport", true, "clip", whole).get("data");
      String name = file.getFileName() + "-" + pass.replace(' ', '-') + ".png";
      Files.write(folder.resolve(name), Base64.getDecoder().decode((String) data));
    }
  }
}
