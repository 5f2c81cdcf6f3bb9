/** `npm run test:independent`: what was not written here, held against what was. README.md tells of the parts. */
import { rmSync } from 'node:fs';
import { awsCliChecks } from './checks/aws-cli.ts';
import { boto3Checks } from './checks/boto3.ts';
import { SCRIPT } from './checks/short-jobs.ts';
import { workflowChecks } from './checks/workflow.ts';
import { startCloud } from './cloud.ts';
import { LEDGERS, Suite } from './suite.ts';

rmSync(LEDGERS, { recursive: true, force: true });
const suite = new Suite();
const only = process.argv[2] ?? '';
const run = (name: string, body: () => Promise<void>) => (name.includes(only) ? suite.group(name, body) : undefined);
await run('AWS CLI and boto3', async () => {
  await using cloud = await startCloud('aws-clients', SCRIPT);
  await awsCliChecks(suite, cloud);
  await boto3Checks(suite, cloud);
});
await run('workflow', () => workflowChecks(suite));
process.stdout.write(`\nindependent: ${suite.passed} passed, ${suite.failed} failed\n`);
process.exitCode = suite.failed > 0 ? 1 : 0;
