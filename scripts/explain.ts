// Says why training jobs failed, one JSON object a line. Cases come as JSON lines from stdin, as one large log
// (--log FILE [--facts FILE]), or as a job of the caller's account (--job NAME [--region REGION]).
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type CaseInput, evidenceOf } from '../src/diagnose/case.ts';
import { diagnose } from '../src/diagnose/diagnose.ts';
import type { Evidence } from '../src/diagnose/evidence.ts';
import { toExplanation } from '../src/diagnose/explanation.ts';
import { type LogExcerpt, makeLogExcerpter } from '../src/diagnose/log/excerpt.ts';

const USAGE = `Usage: npm run --silent explain < cases.jsonl
       npm run --silent explain -- --log FILE [--facts FILE]
       npm run --silent explain -- --job NAME [--region REGION]`;
const CHUNK = 256 * 1024;

try {
  await explain();
} catch (error) {
  process.stderr.write(`explain: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function explain(): Promise<void> {
  const { values } = parseArgs({
    options: {
      log: { type: 'string' },
      facts: { type: 'string' },
      job: { type: 'string' },
      region: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) process.stdout.write(`${USAGE}\n`);
  else if (values.job !== undefined) await explainJob(values.job, values.region);
  else if (values.log !== undefined) explainFile(values.log, values.facts);
  else await explainLines();
}

async function explainLines(): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const one = parseCase(line, `line ${number} of the input`);
    tell(one.id ?? null, evidenceOf(one));
  }
}

function explainFile(logFile: string, factsFile: string | undefined): void {
  const facts = factsFile === undefined ? {} : parseCase(readFileSync(factsFile, 'utf8'), factsFile);
  tell(facts.id ?? logFile, evidenceOf(facts, readLog(logFile)));
}

async function explainJob(
  name: string,
  region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
): Promise<void> {
  if (!region) throw new Error('no region: set AWS_REGION, or give --region');
  // Only this way of asking needs the AWS clients, which take most of the start.
  const [{ openAws }, { clock }, { makeSecrets }, { gatherEvidence }] = await Promise.all([
    import('../src/adapters/aws.ts'),
    import('../src/adapters/clock.ts'),
    import('../src/hostile/secrets.ts'),
    import('../src/diagnose/gather.ts'),
  ]);
  const aws = openAws({ region }, { secrets: makeSecrets(() => undefined), clock });
  const { signal } = new AbortController();
  tell(name, await gatherEvidence(await aws.trainer.describe(name), { ...aws, clock, signal }));
}

/** Reads in pieces through one buffer: the size of the file does not matter. */
function readLog(path: string): LogExcerpt {
  const excerpter = makeLogExcerpter();
  const buffer = Buffer.allocUnsafe(CHUNK);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      excerpter.write(buffer.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return excerpter.end();
}

function parseCase(text: string, where: string): CaseInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${where} is not a JSON object`);
  return value as CaseInput;
}

function tell(id: string | null, evidence: Evidence): void {
  process.stdout.write(`${JSON.stringify(toExplanation(id, diagnose(evidence)))}\n`);
}
