/**
 * Finds many words at once in raw bytes, one table look-up a byte (Aho–Corasick), without regard to case. A regular
 * expression with as many alternatives reads every byte many times over; this reads a gigabyte in a few seconds.
 */

export interface Automaton {
  /** Column of a byte in the table. */
  readonly columns: Uint8Array;
  /** Next state by state and column; states are row offsets, so that no multiplication is needed. */
  readonly table: Uint32Array;
  /** States at or above this offset mean: a word ends here, or the line does. */
  readonly firstEvent: number;
  /** The word of an event state by its row; -1 at the end of a line. */
  readonly wordOf: Int16Array;
  readonly width: number;
}

interface Node {
  readonly next: Map<number, Node>;
  fail: Node | undefined;
  word: number;
  row: number;
}

const NEWLINE = 10;

/** The words are ASCII and in lower case. */
export function makeAutomaton(words: readonly string[]): Automaton {
  const columns = columnsOf(words);
  const width = 1 << Math.ceil(Math.log2(Math.max(...columns) + 1));
  const root = makeTrie(words, columns);
  const nodes = linkFailures(root);
  const plain = nodes.filter(({ word }) => word < 0);
  const events = nodes.filter(({ word }) => word >= 0);
  for (const [index, node] of [...plain, ...events].entries()) node.row = index;
  // The end of a line is an event of its own, and starts over.
  const lineEnd = nodes.length;
  const table = new Uint32Array((nodes.length + 1) * width);
  const wordOf = new Int16Array(nodes.length + 1).fill(-1);
  for (const node of nodes) {
    for (let column = 0; column < width; column++)
      table[node.row * width + column] = step(node, column, root).row * width;
    table[node.row * width + (columns[NEWLINE] ?? 0)] = lineEnd * width;
    wordOf[node.row] = node.word;
  }
  table.copyWithin(lineEnd * width, root.row * width, (root.row + 1) * width);
  return { columns, table, firstEvent: plain.length * width, wordOf, width };
}

/** Column 0 is for all bytes no word holds; both cases of a letter share one. */
function columnsOf(words: readonly string[]): Uint8Array {
  const columns = new Uint8Array(256);
  columns[NEWLINE] = 1;
  let used = 1;
  for (const character of new Set(words.join(''))) {
    used++;
    columns[character.toLowerCase().charCodeAt(0)] = used;
    columns[character.toUpperCase().charCodeAt(0)] = used;
  }
  return columns;
}

function makeTrie(words: readonly string[], columns: Uint8Array): Node {
  const root: Node = { next: new Map(), fail: undefined, word: -1, row: 0 };
  for (const [index, word] of words.entries()) {
    let node = root;
    for (let at = 0; at < word.length; at++) {
      const column = columns[word.charCodeAt(at)] ?? 0;
      const next = node.next.get(column) ?? { next: new Map(), fail: root, word: -1, row: 0 };
      node.next.set(column, next);
      node = next;
    }
    node.word = index;
  }
  return root;
}

/** Breadth first: the longest proper suffix that is also a prefix; a word that ends inside another is heard as well. */
function linkFailures(root: Node): Node[] {
  const nodes = [root];
  for (const node of nodes) {
    for (const [column, child] of node.next) {
      child.fail = node === root ? root : step(node.fail ?? root, column, root);
      if (child.word < 0) child.word = child.fail.word;
      nodes.push(child);
    }
  }
  return nodes;
}

function step(from: Node, column: number, root: Node): Node {
  for (let node: Node | undefined = from; node; node = node.fail) {
    const next = node.next.get(column);
    if (next) return next;
  }
  return root;
}
