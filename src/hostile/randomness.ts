/** Whether a text looks drawn by lot rather than written: the only trace of a secret without a prefix. */

/**
 * Neighbours of different kinds (capital, small, digit), separators skipped, as a share of all neighbours. Random base64 has
 * two of three, random hex a half; paths, names, dates and versions less than one of five.
 */
export function mixture(text: string): number {
  let [previous, changes, neighbours] = ['', 0, 0];
  for (const character of text) {
    const kind = kindOf(character);
    if (kind === '') continue;
    if (previous !== '') {
      neighbours++;
      if (kind !== previous) changes++;
    }
    previous = kind;
  }
  return neighbours === 0 ? 0 : changes / neighbours;
}

function kindOf(character: string): 'digit' | 'capital' | 'small' | '' {
  if (character >= '0' && character <= '9') return 'digit';
  if (character >= 'A' && character <= 'Z') return 'capital';
  return character >= 'a' && character <= 'z' ? 'small' : '';
}
