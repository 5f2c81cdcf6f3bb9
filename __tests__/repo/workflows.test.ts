import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const examples = readdirSync(join(root, 'examples/workflows')).map((name) => `examples/workflows/${name}`);
const own = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const action: { inputs: Record<string, unknown>; outputs: Record<string, unknown> } = parse(read('action.yml'));

const jobsOf = (path: string) => Object.values((parse(read(path)) as Workflow).jobs);
const stepsOf = (path: string) => jobsOf(path).flatMap(({ steps }) => steps);
const isOurs = ({ uses }: Step) => uses === 'OWNER/train-on-sagemaker@v1';

describe('the example workflows', () => {
  it('are in the README as they are', () => {
    const shown = [...read('README.md').matchAll(/<!-- workflow: (\S+) -->\n```yaml\n(.*?)```\n/gs)];
    expect(shown.map(([, path]) => path)).toContain('examples/workflows/train.yml');
    for (const [, path = '', text] of shown) expect({ path, text }).toEqual({ path, text: read(path) });
  });

  it.each(examples)('%s uses inputs and outputs that the action has', (path) => {
    const steps = stepsOf(path).filter(isOurs);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    }
    const ids = stepsOf(path).map(({ id }) => id);
    const outputs = jobsOf(path).flatMap((job) => Object.values(job.outputs ?? {}));
    for (const output of outputs) {
      const [, id, name] = /^\$\{\{ steps\.([\w-]+)\.outputs\.([\w-]+) \}\}$/.exec(output) ?? [];
      expect(ids).toContain(id);
      const isOfOurs = steps.some((step) => step.id === id);
      if (isOfOurs) expect(Object.keys(action.outputs)).toContain(name);
    }
  });

  it.each(examples)('%s plans and trains with the same inputs, so that the plan is what is trained', (path) => {
    const inputs = stepsOf(path)
      .filter(isOurs)
      .map(({ with: { mode: _, name: __, gates: ___, ...rest } = {} }) => rest);
    const [plan, train = plan] = inputs;
    expect(train).toMatchObject(plan ?? {});
  });

  it('use-outputs.yml trains exactly as train.yml does', () => {
    const [plain, longer] = ['train', 'use-outputs'].map(
      (name): Workflow => parse(read(`examples/workflows/${name}.yml`)),
    );
    expect(longer?.permissions).toEqual(plain?.permissions);
    const withoutIds = longer?.jobs.train?.steps.map(({ id: _, ...step }) => step);
    expect(withoutIds).toEqual(plain?.jobs.train?.steps);
  });
});

describe("this repository's workflows", () => {
  it.each(own)('%s pins every action to a commit', (path) => {
    const text = read(path);
    const uses = [...text.matchAll(/\buses: (.*)$/gm)].map(([, name]) => name);
    expect(uses).not.toEqual([]);
    for (const name of uses) expect(name).toMatch(/^(\.\/|[\w./-]+@[0-9a-f]{40} # v\d)/);
  });

  it.each(own)('%s asks for no more than to read', (path) => {
    const { permissions, jobs } = parse(read(path)) as Workflow & { jobs: Record<string, { permissions?: unknown }> };
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.values(jobs).map((job) => job.permissions)).toEqual(Object.values(jobs).map(() => undefined));
  });
});
