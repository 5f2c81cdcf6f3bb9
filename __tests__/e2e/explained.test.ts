import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../scripts/github-markdown.ts';
import { takeCode } from '../fixtures/hostile-text.ts';
import { type Job, job } from './jobs.ts';
import { plainText } from './seen.ts';
import { Stage } from './stage.ts';
import { type Command, commandsIn } from './workflow-commands.ts';

/** What stands on line 1 of the checkout's train.py. */
const LINE = 'print("val_mape=0.05")';
const REASON = 'AlgorithmError: , exit code: 1';

const traceback = (file: string, line: number, code: string, exception = 'ValueError: negative dimension') => [
  'epoch=1 val_mape=0.21',
  'Traceback (most recent call last):',
  `  File "${file}", line ${line}, in <module>`,
  `    ${code}`,
  '  File "/usr/lib/python3.12/site-packages/numpy/core.py", line 9, in dot',
  '    raise ValueError(text)',
  exception,
];

const failing = (lines: readonly string[], failureReason = REASON): Job =>
  job(lines, { status: 'Failed', failureReason });

const errors = (log: string): readonly Command[] => commandsIn(log).filter(({ name }) => name === 'error');

test('a traceback is shown as the cause, on every surface and on its line', async () => {
  const jobs = [failing(traceback('/opt/ml/code/train.py', 1, LINE))];
  await using stage = await Stage.open({ name: 'explained-python', jobs });
  const { main, post } = await stage.run();

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: ['pending', 'failure'] });
  const [comment = ''] = await stage.comments();
  for (const text of [comment, main.summary]) {
    expect(text).toContain('### ❌ Training failed: the program raised an exception\n');
    expect(text).toContain(
      '**Cause:** The program raised an exception at `train.py:1` (`python-exception`, 70 % sure).',
    );
    expect(text).toContain(
      `The traceback in the training log:\n\n\`\`\`text\n  File "/opt/ml/code/train.py", line 1, in <module>\n    ${LINE}\nValueError: negative dimension\n\`\`\``,
    );
    expect(text).toContain(`SageMaker's reason:\n\n\`\`\`text\n${REASON}\n\`\`\``);
    for (const check of ['Logs', 'Instance metrics', 'Data access', 'Container start'])
      expect(text).toMatch(new RegExp(`^\\| ${check} \\| \\S.*\\|$`, 'm'));
    expect(text).toMatch(/\*\*Next:\*\*\n\n1\. Look at .*\n2\. /);
    expect(text).toContain('Running it again as it is would most likely end the same way.');
  }
  expect(main.outputs.cause).toBe('python-exception');
  const diagnosis = JSON.parse(main.outputs.diagnosis ?? '');
  expect(Object.keys(diagnosis)).toEqual(['label', 'title', 'confidence', 'evidence', 'remedy', 'retryable', 'checks']);
  expect(diagnosis).toMatchObject({
    label: 'python-exception',
    retryable: false,
    evidence: [{ source: 'log', quote: 'ValueError: negative dimension', line: 7 }, { source: 'failure-reason' }],
  });
  expect(errors(main.log)).toMatchObject([
    {
      properties: { file: 'train.py', line: '1' },
      data: 'Training failed: the program raised an exception%0AValueError: negative dimension',
    },
  ]);
  // The log was heard while it was followed: nothing is read twice.
  const tokens = (await stage.calls('GetLogEvents')).map(({ request }) => request.nextToken ?? 'head');
  expect(tokens.filter((token) => token === 'head')).toHaveLength(1);
  expect(post.exitCode).toBe(0);
});

test.each([
  {
    what: 'a line that is another one in the repository',
    name: 'explained-other-line',
    lines: traceback('/opt/ml/code/train.py', 1, 'print("older")'),
  },
  {
    what: 'a file that is not in the repository',
    name: 'explained-other-file',
    lines: traceback('/opt/ml/code/vendor/net.py', 1, LINE),
  },
  {
    what: 'a path that leads out of the repository',
    name: 'explained-outside',
    lines: traceback('/opt/ml/code/../../../etc/passwd', 1, 'root:x:0:0:root:/root:/bin/bash'),
  },
])('$what: the cause is told, but no line is marked', async ({ name, lines }) => {
  await using stage = await Stage.open({ name, jobs: [failing(lines)] });
  const main = await stage.main();

  expect(main.outputs.cause).toBe('python-exception');
  expect(errors(main.log).map(({ properties }) => properties)).toEqual([{}]);
});

describe('without a traceback', () => {
  test('exit code 137 is the memory of the host, and not more certain than that', async () => {
    const jobs = [failing(['epoch=1 val_mape=0.21'], 'AlgorithmError: , exit code: 137')];
    await using stage = await Stage.open({ name: 'explained-host-oom', jobs });
    const main = await stage.main();

    expect(main.outputs.cause).toBe('host-oom');
    expect(JSON.parse(main.outputs.diagnosis ?? '').confidence).toBeLessThan(0.8);
    const [comment = ''] = await stage.comments();
    expect(comment.split('\n')[1]).toBe('### ❌ Training failed: the memory of the host ran out');
    expect(plainText(comment)).toContain('exit code 137');
  });

  test('what cannot be told is not told', async () => {
    await using stage = await Stage.open({ name: 'explained-unknown', jobs: [failing(['epoch=1 val_mape=0.21'])] });
    const main = await stage.main();

    expect(main.outputs.cause).toBe('unknown');
    const [comment = ''] = await stage.comments();
    expect(comment.split('\n')[1]).toBe('### ❌ Training failed: the job ended with an error');
    expect(comment).toContain('**Cause:** not found.');
    expect(comment).toContain('The log ended with:\n\n```text\nepoch=1 val_mape=0.21\n```');
    expect(comment).toContain('| Logs | ');
    expect(comment).not.toContain('% sure');
    expect(errors(main.log)).toHaveLength(1);
  });
});

test('a quota of 0: the cause stands beside what the service said', async () => {
  const quota = 'ml.m5.xlarge for spot training job usage';
  await using stage = await Stage.open({ name: 'explained-quota', script: { quotas: [{ name: quota, value: 0 }] } });
  const main = await stage.main();

  expect(main.outputs.cause).toBe('quota-exceeded');
  const [comment = ''] = await stage.comments();
  expect(plainText(comment)).toContain(
    'Cause:** An account quota does not allow the request (quota-exceeded, 97 % sure).',
  );
  expect(plainText(comment)).toContain(`Service Quotas > Amazon SageMaker > "${quota}"`);
  expect(comment).toContain('| Container start | No container: the request was refused');
});

test('bad input and a success have no cause', async () => {
  await using stage = await Stage.open({ name: 'explained-nothing' });
  expect((await stage.main()).outputs).toMatchObject({ conclusion: 'success', cause: '', diagnosis: '' });
});

describe('a hostile traceback', () => {
  const CANARY = 'c4n4ry';
  const SECRET = 'TopSecretValue123';
  const lines = traceback(
    '/opt/ml/code/train.py',
    1,
    LINE,
    `ValueError: ::set-output name=cause::${CANARY} ##[add-mask]${CANARY} \`\`\` <img src=x> @acme/all | Top\u200bSecret\u200bValue123`,
  );
  lines.splice(
    2,
    0,
    `  File "/opt/ml/code/::error::\`<img>|@acme.py", line 3, in <b>${CANARY}</b>`,
    `    @acme/all \`\`\` ${CANARY}`,
  );

  test('is quoted, redacted, and obeyed by nobody', async () => {
    await using stage = await Stage.open({ name: 'explained-hostile', jobs: [failing(lines)] });
    const { main } = await stage.run({ env: { ACTIONS_RUNTIME_TOKEN: SECRET } });

    expect(main.outputs.cause).toBe('python-exception');
    expect(main.outputs.diagnosis).toContain(CANARY);
    const commands = commandsIn(main.log).filter(({ name }) => !['group', 'endgroup', 'add-mask'].includes(name));
    // The one command that quotes the log does so behind the runner's own escapes.
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatchObject({ name: 'error', properties: { file: 'train.py', line: '1' } });
    const [comment = ''] = await stage.comments();
    for (const text of [comment, main.summary, main.outputs.diagnosis ?? '']) {
      expect(text).not.toContain(SECRET);
      expect(text).toContain('***');
    }
    for (const markdown of [comment, main.summary]) {
      const { rest } = takeCode(renderMarkdown(markdown, { lineBreaks: true }));
      expect(rest).not.toMatch(/c4n4ry|<img|<b>|@acme/);
    }
  });
});
