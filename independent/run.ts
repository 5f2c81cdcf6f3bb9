/**
 * `npm run test:independent [-- PART… [--cases N]]`: what was not written here, held against what was. README.md tells of the parts.
 * After `npm test` and `npm run demo`, whose ledgers the last parts read.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { awsCliChecks } from './checks/aws-cli.ts';
import { boto3Checks } from './checks/boto3.ts';
import { buildxChecks, missingBuildx } from './checks/buildx.ts';
import { commentChecks } from './checks/comments.ts';
import { dockerChecks } from './checks/docker.ts';
import { failureChecks } from './checks/failures.ts';
import { galleryChecks } from './checks/gallery.ts';
import { gatedWorkflowChecks } from './checks/gated-workflows.ts';
import { hostileCommentChecks } from './checks/hostile-comments.ts';
import { imageContextChecks } from './checks/image-context.ts';
import { ledgerChecks } from './checks/ledgers.ts';
import { requestChecks } from './checks/requests.ts';
import { SCRIPT } from './checks/short-jobs.ts';
import { toolChecks } from './checks/tools.ts';
import { tuningWorkflowChecks } from './checks/tuning-workflow.ts';
import { workflowChecks } from './checks/workflow.ts';
import { startCloud } from './cloud.ts';
import { LEDGERS, Suite } from './suite.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string', default: '1000' } },
});

/** Hostile comments; 100,000 take a quarter of an hour. */
const HOSTILE_CASES = Number(values.cases);

const PARTS: Readonly<Record<string, (suite: Suite) => Promise<void>>> = {
  tools: toolChecks,
  clients: async (suite) => {
    await using cloud = await startCloud('aws-clients', SCRIPT);
    await awsCliChecks(suite, cloud);
    await boto3Checks(suite, cloud);
  },
  requests: requestChecks,
  workflow: async (suite) => {
    await workflowChecks(suite);
    await gatedWorkflowChecks(suite);
    await tuningWorkflowChecks(suite);
  },
  docker: dockerChecks,
  buildx: buildxChecks,
  failures: failureChecks,
  image: imageContextChecks,
  gallery: galleryChecks,
  // The last ones: they read what the others left.
  ledgers: ledgerChecks,
  comments: async (suite) => {
    await commentChecks(suite);
    await hostileCommentChecks(suite, HOSTILE_CASES);
  },
};

/** Parts that are left out, with their reason said, unless they are asked for by name. */
const OPTIONAL: Readonly<Record<string, () => string | undefined>> = { buildx: missingBuildx };

async function main(wanted: readonly string[]): Promise<number> {
  const strangers = wanted.filter((name) => !(name in PARTS));
  if (strangers.length > 0) {
    process.stderr.write(`There is no part ${strangers.join(', ')}: ${Object.keys(PARTS).join(', ')}\n`);
    return 2;
  }
  if (wanted.length === 0) rmSync(LEDGERS, { recursive: true, force: true });
  const suite = new Suite();
  for (const [name, body] of Object.entries(PARTS)) {
    const lacks = wanted.length === 0 ? OPTIONAL[name]?.() : undefined;
    if (lacks !== undefined) process.stdout.write(`\n# ${name}: not run: ${lacks}\n`);
    else if (wanted.length === 0 || wanted.includes(name)) await suite.group(name, body);
  }
  process.stdout.write(`\nindependent: ${suite.passed} passed, ${suite.failed} failed\n`);
  return suite.failed > 0 ? 1 : 0;
}

process.exitCode = await main(positionals);
