/** Counts checks, and prints a line for each as soon as it is known. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Where the programs of requirements.txt are: in a virtual environment of this suite's own. */
export const VENV = join(ROOT, 'out/venv');
export const VENV_REMEDY =
  'python3 -m venv out/venv && out/venv/bin/pip install -r independent/requirements.txt (on Debian after apt-get install python3-venv)';

/** Ledgers of the clouds that this suite drives; held against the models of AWS and GitHub at its end. */
export const LEDGERS = join(ROOT, 'out/independent/ledgers');

/** A program of the virtual environment. Throws with the remedy when it is not there. */
export function program(name: string): string {
  const path = join(VENV, 'bin', name);
  if (!existsSync(path)) throw new Error(`${path} is missing: ${VENV_REMEDY}`);
  return path;
}

export class Suite {
  passed = 0;
  failed = 0;
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void = (line) => process.stdout.write(`${line}\n`)) {
    this.#say = say;
  }

  /** Runs one check; whatever it throws is its failure. Answers whether it passed. */
  async check(title: string, body: () => unknown): Promise<boolean> {
    try {
      await body();
    } catch (error) {
      this.#fail(title, error);
      return false;
    }
    this.passed += 1;
    this.#say(`ok      ${title}`);
    return true;
  }

  /** Runs checks that need each other. What breaks outside of a check is one failed test of this name. */
  async group(name: string, body: (suite: Suite) => unknown): Promise<void> {
    this.#say(`\n# ${name}`);
    const started = Date.now();
    const before = this.passed + this.failed;
    try {
      await body(this);
      if (this.passed + this.failed === before) throw new Error('nothing was checked');
    } catch (error) {
      this.#fail(name, error);
    }
    this.#say(`# ${name}: ${Math.round((Date.now() - started) / 1000)} s`);
  }

  #fail(title: string, error: unknown): void {
    this.failed += 1;
    const text = error instanceof Error ? error.message : String(error);
    this.#say(`not ok  ${title}\n${text.trimEnd().replace(/^/gm, '        ')}`);
  }
}
