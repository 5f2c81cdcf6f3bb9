import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type JobScript, matchesGlob, type Script, type ScriptFault } from './script.ts';

/** The script in force, and how far it has been played. */
export interface ScriptBook {
  readonly current: Script;
  /**
   * Checks a script and puts its sections in force; sections it does not name stay. Throws `ScriptError`.
   * Counters of the sections it names start again.
   */
  load(raw: unknown): Script;
  /** Back to the script the cloud was started with. */
  reset(): void;
  /** The entry for this job: chosen when the name is first asked for, the same ever after. */
  jobFor(jobName: string): JobScript;
  /** The fault this call is to suffer, counted down. */
  takeFault(service: string, operation: string): ScriptFault | undefined;
}

/** A script that does not follow the schema; the message lists every finding. */
export class ScriptError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`The script is not valid:\n${findings.map((finding) => `  ${finding}`).join('\n')}`);
    this.name = 'ScriptError';
    this.findings = findings;
  }
}

/** Checks a script against `script.schema.json`. Throws `ScriptError` naming every place that is wrong. */
export function checkScript(raw: unknown): Script {
  const validate = compile();
  if (validate(raw)) return raw;
  const findings = (validate.errors ?? []).map((error) => {
    const unknown = error.params.additionalProperty ?? error.params.unevaluatedProperty;
    const what = unknown === undefined ? error.message : `has the unknown key "${unknown}"`;
    const allowed = error.params.allowedValues === undefined ? '' : `: ${error.params.allowedValues.join(', ')}`;
    return `${error.instancePath || '/'} ${what}${allowed}`;
  });
  throw new ScriptError([...new Set(findings)]);
}

function compile(): ValidateFunction<Script> {
  const schema = JSON.parse(readFileSync(new URL('./script.schema.json', import.meta.url), 'utf8'));
  return new Ajv2020({ allErrors: true, strict: false, allowUnionTypes: true }).compile<Script>(schema);
}

interface Progress {
  readonly jobs: Map<string, JobScript>;
  readonly served: Map<JobScript, number>;
  readonly seen: Map<ScriptFault, number>;
}

const fresh = (): Progress => ({ jobs: new Map(), served: new Map(), seen: new Map() });

export function createScriptBook(initial: Script): ScriptBook {
  let current = initial;
  let progress = fresh();
  return {
    get current() {
      return current;
    },
    load(raw) {
      const script = checkScript(raw);
      current = { ...current, ...script };
      if (script.jobs) progress.served.clear();
      if (script.faults) progress.seen.clear();
      return script;
    },
    reset() {
      current = initial;
      progress = fresh();
    },
    jobFor: (jobName) => chooseJob(current.jobs ?? [], jobName, progress),
    takeFault: (service, operation) => countFault(current.faults ?? [], service, operation, progress),
  };
}

function chooseJob(jobs: readonly JobScript[], jobName: string, { jobs: chosen, served }: Progress): JobScript {
  const known = chosen.get(jobName);
  if (known) return known;
  const hasTurns = (entry: JobScript) =>
    (served.get(entry) ?? 0) < (entry.times ?? (entry.match === undefined ? 1 : Number.POSITIVE_INFINITY));
  const entry =
    jobs.find((each) => each.match !== undefined && matchesGlob(each.match, jobName) && hasTurns(each)) ??
    jobs.find((each) => each.match === undefined && hasTurns(each)) ??
    {};
  served.set(entry, (served.get(entry) ?? 0) + 1);
  chosen.set(jobName, entry);
  return entry;
}

function countFault(
  faults: readonly ScriptFault[],
  service: string,
  operation: string,
  { seen }: Progress,
): ScriptFault | undefined {
  let due: ScriptFault | undefined;
  for (const fault of faults) {
    if (fault.service !== service || !matchesGlob(fault.operation, operation)) continue;
    const calls = (seen.get(fault) ?? 0) + 1;
    const first = fault.after ?? 0;
    if (calls > first + (fault.times ?? 1) || (due !== undefined && calls > first)) continue;
    seen.set(fault, calls);
    if (calls > first) due = fault;
  }
  return due;
}
