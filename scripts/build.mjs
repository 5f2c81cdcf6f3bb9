// Builds dist/ from src/ with ncc. The folder is emptied first, so that a chunk that no longer exists does not stay.
// Types are checked by `npm run check`; ncc only bundles. Another folder can be given as the argument.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = process.argv[2] ?? 'dist';

rmSync(out, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [
    'node_modules/@vercel/ncc/dist/ncc/cli.js',
    'build',
    'src/index.ts',
    '--out',
    out,
    '--transpile-only',
    '--license',
    'licenses.txt',
    '--no-cache',
    '--quiet',
  ],
  { cwd: root, stdio: 'inherit' },
);
