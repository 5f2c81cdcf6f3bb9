import { expect, test } from '@jest/globals';
import { issueComment, plain, refEnvironment, workflowRun } from './events.ts';
import { tagsOf } from './seen.ts';
import { Stage } from './stage.ts';

test('at the merge commit the merge is trained, and the comment and the tags say so', async () => {
  await using stage = await Stage.open({ name: 'checkout-merge', checkout: 'merge' });
  const { headSha, mergeSha } = stage.checkout;
  const main = await stage.main();

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
  const tags = tagsOf((await stage.calls('CreateTrainingJob'))[0]);
  expect(tags).toMatchObject({ 'train-commit': headSha, 'train-tree': mergeSha });
  const [comment = ''] = await stage.comments();
  const [short, of] = [mergeSha, headSha].map((sha) => `[\`${sha.slice(0, 7)}\`]`);
  expect(comment.replaceAll(/\(https:[^)]*\)/g, '')).toContain(`Trained ${short}, the merge of ${of} into \`main\``);
  expect(main.outputs['checkpoint-uri']).toContain(`/${headSha}/`);
  expect((await stage.github()).statuses.map(({ sha }) => sha)).toEqual([headSha, headSha]);
});

test.each([
  {
    event: 'pull_request',
    name: 'checkout-base-pull-request',
    run: () => ({}),
    statuses: ['pending', 'failure'],
    ref: '${{ github.event.pull_request.head.sha }}',
  },
  {
    event: 'workflow_run',
    name: 'checkout-base-workflow-run',
    run: (stage: Stage) => ({ event: workflowRun(stage.checkout) }),
    statuses: ['pending', 'failure'],
    ref: '${{ github.event.workflow_run.head_sha }}',
  },
  {
    event: 'push',
    name: 'checkout-base-push',
    run: (stage: Stage) => ({
      event: plain('push'),
      env: refEnvironment('refs/heads/feature/longer', stage.checkout.headSha),
    }),
    statuses: ['pending', 'failure'],
    ref: '${{ github.sha }}',
  },
  {
    event: '/train',
    name: 'checkout-base-train',
    run: async (stage: Stage) => ({ event: issueComment({ id: (await stage.github()).comments[0]?.id ?? 0 }) }),
    // Before the head is known not to have moved, nothing is said of it.
    statuses: ['failure'],
    ref: 'refs/pull/7/head',
  },
])(
  'another commit than that of $event is a failure that names the ref to set',
  async ({ name, run, ref, statuses }) => {
    await using stage = await Stage.open({
      name,
      checkout: 'base',
      github: { comments: [{ issue: 7, body: '/train', user: 'ada' }], collaborators: { ada: 'write' } },
    });
    const { headSha, baseSha } = stage.checkout;
    const main = await stage.main(await run(stage));

    expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses });
    const [comment = ''] = await stage.comments();
    for (const text of [comment, main.log]) {
      expect(text).toContain(baseSha);
      expect(text).toContain(headSha);
      expect(text).toContain(`ref: '${ref}'`);
    }
    expect(comment).toContain('Training did not start: another commit is checked out than the one to train');
    expect(await stage.awsCalls()).toEqual([]);
  },
);

test('without a checkout a given image is trained for the commit itself', async () => {
  await using stage = await Stage.open({ name: 'checkout-none', checkout: 'none' });
  const main = await stage.main();

  expect(await stage.seen(main)).toMatchObject({ exit: 0, conclusion: 'success' });
  const { headSha } = stage.checkout;
  expect(tagsOf((await stage.calls('CreateTrainingJob'))[0])).toMatchObject({
    'train-commit': headSha,
    'train-tree': headSha,
  });
});

test('without a checkout and without an image there is nothing to build, and the step to add is named', async () => {
  await using stage = await Stage.open({ name: 'checkout-none-no-image', checkout: 'none' });
  const main = await stage.main({ inputs: { image: '' } });

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: ['pending', 'failure'] });
  expect(main.log).toContain('There is no checkout of the repository to build the image from.');
  expect((await stage.comments())[0]).toContain('uses: actions/checkout@v7');
  expect(await stage.awsCalls()).toEqual([]);
});
