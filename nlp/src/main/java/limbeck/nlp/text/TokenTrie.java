package limbeck.nlp.text;

import java.util.Arrays;

/**
 * Tokens by their beginnings, for finding the longest one that a text goes on with. A node is a
 * beginning; an open-addressed table leads from a node and a character to the next node, in arrays
 * that stay in the cache.
 */
final class TokenTrie {
  /** The beginning of everything. */
  static final int ROOT = 0;

  /** No node, or no token. */
  static final int NONE = -1;

  private static final long EMPTY = -1;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private long[] keys = new long[64];
  private int[] children = new int[64];
  private int[] tokens = {NONE};
  private int nodes = 1;
  private int shift = 64 - 6;

  TokenTrie() {
    Arrays.fill(keys, EMPTY);
  }

  /** Adds a token, below a node. */
  void add(int node, String token, int id) {
    int at = node;
    for (int i = 0; i < token.length(); ) {
      int c = token.codePointAt(i);
      i += Character.charCount(c);
      int next = next(at, c);
      at = next == NONE ? grow(at, c) : next;
    }
    tokens[at] = id;
  }

  /** The node after a character; {@link #NONE} if no token goes on with it. */
  int next(int node, int codePoint) {
    long key = key(node, codePoint);
    int slot = slot(key);
    while (keys[slot] != key) {
      if (keys[slot] == EMPTY) {
        return NONE;
      }
      slot = slot + 1 & keys.length - 1;
    }
    return children[slot];
  }

  /** The token that ends at a node; {@link #NONE} if none does. */
  int token(int node) {
    return tokens[node];
  }

  /** A node that is reached by no character. */
  int root() {
    return newNode();
  }

  private int newNode() {
    if (nodes == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * nodes);
    }
    tokens[nodes] = NONE;
    return nodes++;
  }

  private int grow(int node, int codePoint) {
    if (3L * nodes > 2L * keys.length) {
      rehash();
    }
    int child = newNode();
    put(key(node, codePoint), child);
    return child;
  }

  private void rehash() {
    long[] oldKeys = keys;
    int[] oldChildren = children;
    keys = new long[2 * oldKeys.length];
    children = new int[keys.length];
    shift--;
    Arrays.fill(keys, EMPTY);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        put(oldKeys[i], oldChildren[i]);
      }
    }
  }

  private void put(long key, int child) {
    int slot = slot(key);
    while (keys[slot] != EMPTY) {
      slot = slot + 1 & keys.length - 1;
    }
    keys[slot] = key;
    children[slot] = child;
  }

  private int slot(long key) {
    return (int) (key * MIX >>> shift);
  }

  private static long key(int node, int codePoint) {
    return (long) node << 21 | codePoint;
  }
}
