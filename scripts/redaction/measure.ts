/** Secrets of many formats through every surface, and look-alikes through the same cut. */
import { lookAlikes } from '../../__tests__/fixtures/look-alikes.ts';
import { SURFACES, type Surface, surfacesOf } from '../../__tests__/fixtures/redaction.ts';
import { type SecretSample, secretSamples } from '../../__tests__/fixtures/secret-formats.ts';
import { makeSecrets } from '../../src/hostile/secrets.ts';

export interface Measured {
  readonly formats: number;
  readonly samples: number;
  readonly leaks: readonly { readonly format: string; readonly surface: Surface; readonly text: string }[];
  readonly innocents: number;
  /** Look-alikes that were not shown as they are. */
  readonly cut: readonly string[];
}

/** So few texts at a time that no surface has to leave one out for want of room. */
const AT_ONCE = 8;

export async function measureRedaction(seeds: number): Promise<Measured> {
  const samples = Array.from({ length: seeds }, (_, seed) => secretSamples(seed + 1)).flat();
  const leaks: Measured['leaks'][number][] = [];
  for (let start = 0; start < samples.length; start += AT_ONCE) {
    const some = samples.slice(start, start + AT_ONCE);
    leaks.push(...leaksOf(some, await surfacesOf(some.map(({ text }) => text))));
  }
  const secrets = makeSecrets(() => {});
  const innocents = Array.from({ length: seeds }, (_, seed) => lookAlikes(seed + 1)).flat();
  return {
    formats: new Set(samples.map(({ format }) => format)).size,
    samples: samples.length,
    leaks,
    innocents: innocents.length,
    cut: innocents.filter((text) => secrets.redact(text) !== text),
  };
}

function leaksOf(samples: readonly SecretSample[], shown: Readonly<Record<Surface, string>>): Measured['leaks'] {
  return samples.flatMap(({ format, secret, text }) =>
    SURFACES.filter((surface) => isReadable(secret, shown[surface])).map((surface) => ({ format, surface, text })),
  );
}

/** A dozen characters out of the middle of a long secret are a leak as well. */
function isReadable(secret: string, shown: string): boolean {
  const middle = Math.floor(secret.length / 3);
  return shown.includes(secret) || (secret.length >= 36 && shown.includes(secret.slice(middle, middle + 12)));
}
