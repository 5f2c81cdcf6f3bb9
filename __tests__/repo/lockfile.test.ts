import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Node's own search: the nearest node_modules that has it, from the package's place upwards. */
function isLocked(packages: Readonly<Record<string, Package>>, from: string, name: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1))) {
    if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in packages) return true;
    if (place === '') return false;
  }
}

describe.each(['package-lock.json', 'independent/package-lock.json'])('%s', (file) => {
  const { packages }: { packages: Record<string, Package> } = JSON.parse(readFileSync(`${root}/${file}`, 'utf8'));

  it('locks what each package needs, on every platform: else `npm ci` refuses it there', () => {
    const missing = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !isLocked(packages, place, name)),
    );
    expect(missing).toEqual([]);
  });
});
