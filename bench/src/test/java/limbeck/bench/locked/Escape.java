package limbeck.bench.locked;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tries what is forbidden, and prints what succeeded: the cage must hold. */
public final class Escape {
  /** Of a network that is reserved for documentation: nothing answers there. */
  private static final byte[] OUTSIDE = {(byte) 192, 0, 2, 1};

  private Escape() {}

  /**
   * @param args folders to write into; the last one is a program, to be run
   */
  public static void main(String[] args) throws IOException {
    StringBuilder done = new StringBuilder();
    for (int i = 0; i < args.length - 1; i++) {
      try {
        Files.writeString(Path.of(args[i], "written.txt"), "outside");
        done.append("wrote into ").append(args[i]).append('\n');
      } catch (IOException e) {
        done.append("refused: ").append(e.getClass().getSimpleName()).append('\n');
      }
    }
    try {
      new ProcessBuilder(args[args.length - 1]).start().destroy();
      done.append("executed ").append(args[args.length - 1]).append('\n');
    } catch (IOException e) {
      done.append("refused: ").append(e.getMessage()).append('\n');
    }
    done.append(network());
    Traces.print(done.toString());
  }

  private static String network() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(OUTSIDE), 80), 1000);
      return "connected";
    } catch (SocketTimeoutException e) {
      return "sent";
    } catch (IOException e) {
      return "refused: " + e.getMessage();
    }
  }
}
