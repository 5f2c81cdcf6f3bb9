/**
 * `npm run demo [-- --scenario NAME] [--out DIR] [--base IMAGE] [--list]`: the whole product on this machine, without an
 * account. Starts the local cloud, runs dist/index.js as the GitHub runner would, and shows the pull request comment.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LocalCloud } from '../local-cloud/start.ts';
import { engineEnvironment, hasDocker, missing } from './demo/engine.ts';
import { PULL_REQUEST } from './demo/places.ts';
import type { Scenario } from './demo/scenario.ts';
import { SCENARIOS } from './demo/scenarios.ts';
import { githubEnv, inputsFor, openCloud, pullRequestEvent, stockImage, TIME_SCALE } from './demo/stage.ts';
import { makeWorkspace } from './demo/workspace.ts';
import { renderPage } from './github-page.ts';
import { makeLogView } from './runner/log-view.ts';
import { type ActionResult, ROOT, runAction } from './runner/step.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

function options() {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', default: 'success' },
      out: { type: 'string', default: 'out/demo' },
      /** Base image of the build where Docker is used; default: the Dockerfile's own. */
      base: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function main(): Promise<number> {
  const { scenario: name, out, base, list } = options();
  if (list) {
    for (const { name, kind, tells } of SCENARIOS)
      say(`${name.padEnd(16)} ${kind === 'real' ? 'really happens' : 'scripted      '}: ${tells}`);
    return 0;
  }
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  const problems = [
    ...missing(),
    ...(scenario ? [] : [`There is no scenario ${name}: npm run demo -- --list shows them.`]),
  ];
  if (problems.length > 0 || !scenario) {
    for (const problem of problems) say(problem);
    return 2;
  }
  return play(scenario, resolve(out), base);
}

async function play(scenario: Scenario, out: string, base: string | undefined): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'train-demo-'));
  const workspace = makeWorkspace(join(scratch, 'checkout'), join(ROOT, 'examples/forecast'), scenario.change);
  const local = await openCloud(scenario, workspace);
  try {
    const docker = hasDocker();
    say(`▸ ${scenario.name}: ${scenario.tells}`);
    say(`▸ local cloud at ${local.url}, its registry at ${local.registry}; ${TIME_SCALE} of its seconds pass in one`);
    say(
      docker
        ? '▸ a Docker engine answers: the image is really built, pushed, pulled and run'
        : '▸ no Docker engine answers: the image is put into the registry ready-made, and its program runs as a process',
    );
    const view = makeLogView();
    const cancel = makeCancel(scenario);
    const result = await runAction({
      inputs: inputsFor(scenario, docker ? undefined : await stockImage(local, workspace), base),
      event: { name: 'pull_request', payload: pullRequestEvent(workspace) },
      env: { ...local.env, ...githubEnv(workspace), ...engineEnvironment() },
      workspace: workspace.directory,
      clock: { scale: TIME_SCALE, originMs: Number(local.env.LOCAL_CLOUD_EPOCH_MS) },
      onStart: cancel.started,
      onOutput: (text) => {
        process.stdout.write(view(text));
        cancel.saw(text);
      },
    });
    const comment = await keep(local, result, out);
    say(`\n▸ the comment on pull request #${PULL_REQUEST} (${join(out, 'comment.html')} shows it as GitHub would):\n`);
    say(comment);
    return ending(scenario, result);
  } finally {
    await local.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The runner's SIGINT, once, as soon as the log holds what the scenario waits for. */
function makeCancel({ cancelOn }: Scenario): { started(pid: number): void; saw(text: string): void } {
  let seen = '';
  let main: number | undefined;
  return {
    started: (pid) => {
      main = pid;
    },
    saw(text) {
      seen += text;
      if (cancelOn === undefined || main === undefined || !seen.includes(cancelOn)) return;
      say('▸ somebody presses "Cancel workflow"');
      process.kill(main, 'SIGINT');
      main = undefined;
    },
  };
}

/** Writes what the run left behind; answers the comment. */
async function keep(local: LocalCloud, { main, post }: ActionResult, out: string): Promise<string> {
  const get = async (path: string) => (await fetch(`${local.url}${path}`)).json();
  const github = (await get('/_local/github')) as { comments: { body: string }[] };
  const comment = github.comments.at(-1)?.body ?? '(no comment was written)';
  const page = renderPage({
    title: 'Train on SageMaker: demo',
    sections: [
      { heading: `Pull request #${PULL_REQUEST}`, markdown: comment, kind: 'comment' },
      { heading: 'Job summary', markdown: main.summary, kind: 'summary' },
    ],
  });
  mkdirSync(out, { recursive: true });
  const files = {
    'comment.md': comment,
    'comment.html': page,
    'summary.md': main.summary,
    'outputs.json': `${JSON.stringify(main.outputs, null, 2)}\n`,
    'ledger.json': `${JSON.stringify(await get('/_local/ledger'), null, 2)}\n`,
    'log.txt': makeLogView()(`${main.log}${post.log}\n`),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
  return comment;
}

/** The demo succeeds when the action ended as the scenario tells. */
function ending(scenario: Scenario, { main, post }: ActionResult): number {
  const wrong = [
    ...(main.exitCode === scenario.exitCode ? [] : [`exit code ${scenario.exitCode} was expected`]),
    ...(post.exitCode === 0 ? [] : [`the post step ended with exit code ${post.exitCode}`]),
    ...(main.outputs.cause === (scenario.cause ?? '') ? [] : [`the cause is ${main.outputs.cause || 'not told'}`]),
  ];
  say(
    `▸ the step ended with exit code ${main.exitCode}${wrong.length === 0 ? ', as it should' : `: ${wrong.join(', ')}`}`,
  );
  return wrong.length === 0 ? 0 : 1;
}

process.exitCode = await main();
