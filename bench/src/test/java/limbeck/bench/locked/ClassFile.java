package limbeck.bench.locked;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a class file refers to, as its constant pool says (JVMS 4.4), and which of its methods are
 * native.
 *
 * @param texts all constants of texts: names, descriptors and literals
 * @param members fields and methods that are used, as {@code java/lang/System.load}
 * @param natives names of its own methods without Java code
 */
record ClassFile(List<String> texts, List<String> members, List<String> natives) {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int NATIVE = 0x0100;

  /** Reads one class. */
  static ClassFile read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file");
    }
    in.readInt(); // versions
    String[] texts = new String[in.readUnsignedShort()];
    int[][] pairs = new int[texts.length][];
    boolean[] isMember = new boolean[texts.length];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      isMember[i] = tag >= 9 && tag <= 11;
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.readInt();
        case 5, 6 -> {
          in.readLong();
          i++; // takes two places
        }
        case 7, 8, 16, 19, 20 -> pairs[i] = new int[] {in.readUnsignedShort(), 0};
        case 9, 10, 11, 12, 17, 18 ->
            pairs[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("a constant of kind " + tag);
      }
    }
    List<String> members = new ArrayList<>();
    for (int i = 1; i < texts.length; i++) {
      if (isMember[i]) {
        members.add(texts[pairs[pairs[i][0]][0]] + "." + texts[pairs[pairs[i][1]][0]]);
      }
    }
    List<String> all = new ArrayList<>();
    for (String text : texts) {
      if (text != null) {
        all.add(text);
      }
    }
    return new ClassFile(all, members, natives(in, texts));
  }

  private static List<String> natives(DataInputStream in, String[] texts) throws IOException {
    in.skipNBytes(6); // its own access, name and parent
    in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
    List<String> natives = new ArrayList<>();
    for (boolean methods : new boolean[] {false, true}) {
      int count = in.readUnsignedShort();
      for (int i = 0; i < count; i++) {
        int access = in.readUnsignedShort();
        String name = texts[in.readUnsignedShort()];
        in.readUnsignedShort(); // descriptor
        if (methods && (access & NATIVE) != 0) {
          natives.add(name);
        }
        int attributes = in.readUnsignedShort();
        for (int k = 0; k < attributes; k++) {
          in.readUnsignedShort();
          in.skipNBytes(in.readInt() & 0xFFFFFFFFL);
        }
      }
    }
    return natives;
  }
}
