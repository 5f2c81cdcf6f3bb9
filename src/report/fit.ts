/** A part of a surface, from its best version to ever shorter ones; the last resort is to leave it out. */
export interface Section {
  readonly key: string;
  /** Sections of lower worth shrink first, and shrink wholly before the next one is touched. */
  readonly worth: number;
  readonly versions: readonly string[];
}

/** A section that is never left out nor shortened. */
export const REQUIRED = Number.POSITIVE_INFINITY;

/**
 * Joins the sections so that the text has at most `limit` UTF-16 units (a unit is at most three bytes of UTF-8).
 * Only a required section that is too long by itself can break the limit.
 */
export function fitSections(sections: readonly Section[], limit: number): string {
  const chosen = new Map(sections.map(({ key, versions }) => [key, versions[0] ?? '']));
  const shrinkable = sections.filter(({ worth }) => worth !== REQUIRED).sort((a, b) => a.worth - b.worth);
  for (const { key, versions } of shrinkable) {
    for (const version of [...versions.slice(1), '']) {
      if (join(chosen).length <= limit) return join(chosen);
      chosen.set(key, version);
    }
  }
  return join(chosen);
}

function join(chosen: ReadonlyMap<string, string>): string {
  return [...chosen.values()].filter((text) => text !== '').join('\n\n');
}
