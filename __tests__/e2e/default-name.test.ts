import { describe, expect, test } from '@jest/globals';
import { REPOSITORY } from './events.ts';
import { plainText } from './seen.ts';
import { Stage } from './stage.ts';

const OTHER = { GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/nightly.yml@refs/heads/main` };

describe('a default name that the job of another workflow file has already', () => {
  test.each(['train', 'plan'])('mode: %s says so, names both, and starts nothing', async (mode) => {
    await using stage = await Stage.open({ name: `default-name-${mode}` });
    expect((await stage.main()).outputs.conclusion).toBe('success');

    const main = await stage.main({ env: OTHER, inputs: { mode } });
    expect([main.exitCode, main.outputs.conclusion]).toEqual([1, 'failure']);
    expect(plainText(main.log)).toMatch(
      /the default of `?name`?, is that of a training of \.github\/workflows\/train\.yml already; this is \.github\/workflows\/nightly\.yml/,
    );
    expect(await stage.calls('CreateTrainingJob')).toHaveLength(1);
  });

  test('a name that is written down is shared on purpose', async () => {
    await using stage = await Stage.open({ name: 'default-name-shared' });
    await stage.main();
    const main = await stage.main({ env: OTHER, inputs: { name: 'train' } });
    expect(main.outputs.conclusion).toBe('success');
    expect(await stage.calls('CreateTrainingJob')).toHaveLength(1);
  });
});
