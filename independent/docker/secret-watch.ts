/** Looks for the registry passwords of a run wherever they must not be: process list, environments, files, texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegistryTokens } from '../../local-cloud/registry/tokens.ts';

/** Docker's shortest command takes some 50 ms. */
const EVERY_MS = 20;

export class SecretWatch implements Disposable {
  /** Command lines that were seen, words separated by spaces. */
  readonly commands = new Set<string>();
  readonly #finds = new Set<string>();
  readonly #passwords: string[] = [];
  readonly #timer: NodeJS.Timeout;

  /** From now on every password that is given out is known here. */
  constructor(tokens: RegistryTokens) {
    const issue = tokens.issue.bind(tokens);
    Object.assign(tokens, {
      issue: (region?: string) => {
        const issued = issue(region);
        this.#passwords.push(issued.password);
        return issued;
      },
    });
    this.#timer = setInterval(() => this.#lookAtProcesses(), EVERY_MS);
  }

  get passwords(): readonly string[] {
    return this.#passwords;
  }

  /** Where a password was found: in processes so far, in these texts, in files below these paths. */
  finds(texts: Readonly<Record<string, string>>, paths: readonly string[]): readonly string[] {
    const inTexts = Object.entries(texts).flatMap(([name, text]) => (this.#isIn(text) ? [name] : []));
    const inFiles = paths.flatMap(filesBelow).filter((path) => this.#isIn(readable(path)));
    return [...this.#finds, ...inTexts, ...inFiles];
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #lookAtProcesses(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
      const command = readable(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
      if (this.#isIn(command)) this.#finds.add(`the process list: ${command.split(' ')[0]}`);
      // Its environment is the one it was started with.
      if (this.commands.has(`${pid} ${command}`)) continue;
      this.commands.add(`${pid} ${command}`);
      if (this.#isIn(readable(`/proc/${pid}/environ`))) this.#finds.add(`the environment of ${command.split(' ')[0]}`);
    }
  }

  /** As it is, or as Docker keeps it. */
  #isIn(text: string): boolean {
    return this.#passwords.some(
      (password) => text.includes(password) || text.includes(Buffer.from(`AWS:${password}`).toString('base64')),
    );
  }
}

function filesBelow(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [path];
  }
}

/** Processes end and files go while one looks. */
function readable(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
